namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>Tokens that TikTok Shop gave in exchange for earlier ones, which no longer work.</summary>
internal sealed record StoredTokens
{
    /// <summary>A secret.</summary>
    public required string AccessToken { get; init; }

    /// <summary>A secret, which works once.</summary>
    public required string RefreshToken { get; init; }

    /// <summary>Time until which an instance may be exchanging them, to the millisecond; null: none is.</summary>
    public DateTimeOffset? RefreshingUntil { get; init; }
}
