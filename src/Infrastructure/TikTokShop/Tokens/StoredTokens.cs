namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>What TikTok Shop gave in exchange for tokens before, each of which works no more once these are there.</summary>
internal sealed record StoredTokens
{
    /// <summary>Whose tokens they are.</summary>
    public required string Id { get; init; }

    /// <summary>A secret.</summary>
    public required string AccessToken { get; init; }

    /// <summary>A secret, which works once.</summary>
    public required string RefreshToken { get; init; }

    /// <summary>Until when an instance may be at exchanging them, to the millisecond; null: none is.</summary>
    public DateTimeOffset? RefreshingUntil { get; init; }

    /// <summary>1 for the first that are stored, and one more with each write.</summary>
    public required long Version { get; init; }
}
