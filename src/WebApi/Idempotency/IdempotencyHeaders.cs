namespace OrderIssues.WebApi.Idempotency;

internal static class IdempotencyHeaders
{
    public const string Key = "Idempotency-Key";

    /// <summary>Marks a response that was given before.</summary>
    public const string Replayed = "Idempotency-Replayed";
}
