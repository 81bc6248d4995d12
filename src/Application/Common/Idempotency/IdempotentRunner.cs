using Microsoft.Extensions.Logging;

namespace OrderIssues.Application.Common.Idempotency;

/// <summary>
/// Does once what a key stands for, over any number of retries, instances and crashes, without transactions: the record of the key is
/// written first, with the id of what is to be written, and is completed with the answer before anybody is answered.
/// </summary>
public sealed partial class IdempotentRunner(IIdempotencyRecords records, TimeProvider time, ILogger<IdempotentRunner> logger)
{
    /// <summary>How long a request has for its work before a retry takes its place: longer than the stores let it take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>How long an answer is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <param name="key">The key.</param>
    /// <param name="work">
    /// What it stands for, which gives the answer. It writes something of the id that it is given, and must write it only once: an earlier
    /// try may have written it already, or may be about to.
    /// </param>
    /// <exception cref="FailureException">
    /// The key stands for something else (<c>idempotency_mismatch</c>), another request with it is still running (<c>conflict</c>), or the
    /// work failed.
    /// </exception>
    public async Task<IdempotencyOutcome> RunAsync(IdempotencyKey key, Func<EntityId, Task<byte[]>> work)
    {
        var (record, isFirstTry) = await ClaimAsync(key);
        if (record.Answer is { } remembered)
        {
            return new IdempotencyOutcome(remembered, IsReplay: true);
        }

        try
        {
            var answer = await work(record.TargetId);
            return await records.TryReplaceAsync(record, record with { Answer = answer, ExpiresAt = time.GetUtcNow() + Lifetime })
                ? new IdempotencyOutcome(answer, IsReplay: false)
                : throw StillRunning();
        }
        catch (FailureException failure) when (isFirstTry && failure.GuaranteesNothingWritten)
        {
            await AttemptAsync(() => records.RemoveAsync(record));
            throw;
        }
        catch
        {
            // It may have been written all the same, or, by a try before this one, may still be: the next one needs the same id.
            await AttemptAsync(() => records.TryReplaceAsync(record, record with { LeaseUntil = time.GetUtcNow() }));
            throw;
        }
    }

    private async Task<(IdempotencyRecord Record, bool IsFirstTry)> ClaimAsync(IdempotencyKey key)
    {
        var now = time.GetUtcNow();
        var record = new IdempotencyRecord
        {
            Key = key.Text,
            Fingerprint = key.Fingerprint,
            TargetId = EntityId.New(now),
            LeaseUntil = now + Lease,
            ExpiresAt = now + Lifetime,
        };
        if (await records.AddAsync(record, now) is not { } present)
        {
            return (record, IsFirstTry: true);
        }

        if (present.Fingerprint != key.Fingerprint)
        {
            throw new FailureException(FailureCode.IdempotencyMismatch, "The Idempotency-Key came with another request before.");
        }

        if (present.Answer is not null)
        {
            return (present, IsFirstTry: false);
        }

        var takenOver = present with { LeaseUntil = now + Lease };
        return present.LeaseUntil <= now && await records.TryReplaceAsync(present, takenOver) ? (takenOver, IsFirstTry: false) : throw StillRunning();
    }

    private static FailureException StillRunning() =>
        new(FailureCode.Conflict, "A request with this Idempotency-Key is still running.") { RetryAfter = TimeSpan.FromSeconds(1) };

    /// <summary>
    /// For the sake of retries alone: where it fails, they wait for the end of the lease, and the caller learns of the first failure.
    /// </summary>
    private async Task AttemptAsync(Func<Task> release)
    {
        try
        {
            await release();
        }
        catch (Exception exception)
        {
            LogHeld(exception, Lease);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An Idempotency-Key of a failed request couldn't be released; retries are answered with conflict for {Lease}")]
    private partial void LogHeld(Exception exception, TimeSpan lease);
}

/// <summary>What a request with a key is answered with.</summary>
/// <param name="Answer">The answer, as it is remembered.</param>
/// <param name="IsReplay">Whether an earlier request was answered with it first.</param>
public sealed record IdempotencyOutcome(byte[] Answer, bool IsReplay);
