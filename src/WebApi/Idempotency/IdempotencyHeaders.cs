namespace OrderIssues.WebApi.Idempotency;

internal static class IdempotencyHeaders
{
    public const string Key = "Idempotency-Key";

    /// <summary>Longest key.</summary>
    public const int MaxCharacters = 255;

    /// <summary>Marks a response that was given before.</summary>
    public const string Replayed = "Idempotency-Replayed";
}
