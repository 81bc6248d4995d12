namespace OrderIssues.WebApi.Idempotency;

/// <summary>Names of the headers of requests that are safe to retry.</summary>
internal static class IdempotencyHeaders
{
    /// <summary>Key of a request.</summary>
    public const string Key = "Idempotency-Key";

    /// <summary>Mark of a response that was given before.</summary>
    public const string Replayed = "Idempotency-Replayed";
}
