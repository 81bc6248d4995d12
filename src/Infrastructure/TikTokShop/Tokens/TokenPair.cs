namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>A new pair of tokens. How long they are good for is of no interest: an expired one is told to be.</summary>
/// <remarks>They take the place of others for good, so that what can't be tokens isn't taken for any.</remarks>
internal sealed record TokenPair
{
    private const int MaxCharacters = 4096;

    public required string AccessToken { get; init; }

    public required string RefreshToken { get; init; }

    /// <summary>Whether both can be sent, and something is in them.</summary>
    public bool IsUsable => IsToken(AccessToken) && IsToken(RefreshToken);

    private static bool IsToken(string? text) => text is { Length: > 0 and <= MaxCharacters } && text.All(c => c is > ' ' and <= '~');
}
