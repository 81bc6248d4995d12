namespace OrderIssues.Application.Common.Idempotency;

/// <summary>What a request with a key is answered with.</summary>
/// <param name="Answer">The answer, as it is remembered.</param>
/// <param name="IsReplay">Whether an earlier request was answered with it first.</param>
public sealed record IdempotentRun(byte[] Answer, bool IsReplay);
