namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>Secret tokens of a shop's authorization.</summary>
internal sealed record StoredTokens
{
    public required string AccessToken { get; init; }
    public required string RefreshToken { get; init; }

    /// <summary>End of the exchange's lease; null: nobody holds one.</summary>
    public DateTimeOffset? RefreshingUntil { get; init; }
}
