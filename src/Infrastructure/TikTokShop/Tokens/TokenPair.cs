namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>A new pair of tokens. How long they are good for is of no interest: an expired one is told to be.</summary>
internal sealed record TokenPair
{
    public required string AccessToken { get; init; }

    public required string RefreshToken { get; init; }
}
