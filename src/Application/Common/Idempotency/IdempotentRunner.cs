using Microsoft.Extensions.Logging;
using OrderIssues.Application.Common.Records;

namespace OrderIssues.Application.Common.Idempotency;

/// <summary>
/// Does once what a key stands for, over any number of retries, instances and crashes, without transactions: the record of the key is
/// written first, with the id of what is to be written, and is completed with the response before anybody is answered.
/// </summary>
public sealed partial class IdempotentRunner(IRecordStore store, TimeProvider time, ILogger<IdempotentRunner> logger)
{
    /// <summary>How long a request has for its work before a retry takes its place: longer than the stores let it take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>How long a response is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly Records<IdempotencyRecord> records = new(store, RecordKinds.Idempotency);

    /// <param name="key">The key.</param>
    /// <param name="work">
    /// What it stands for, which gives the response. It writes something of the id that it is given, and must write it only once: an
    /// earlier try may have written it already, or may be about to.
    /// </param>
    /// <exception cref="FailureException">
    /// The key stands for something else (<c>idempotency_mismatch</c>), another request with it is still running (<c>conflict</c>), or
    /// the work failed.
    /// </exception>
    public async Task<IdempotencyOutcome> RunAsync(IdempotencyKey key, Func<EntityId, Task<byte[]>> work)
    {
        var (record, isFirstTry) = await ClaimAsync(key);
        if (record.Attachment is { } remembered)
        {
            return new IdempotencyOutcome(remembered, IsReplay: true);
        }

        try
        {
            var response = await work(record.Value.TargetId);
            var completed = record with { Attachment = response, ExpiresAt = time.GetUtcNow() + Lifetime };
            return await records.PutIfVersionAsync(completed) is not null
                ? new IdempotencyOutcome(response, IsReplay: false)
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
            await AttemptAsync(() => records.PutIfVersionAsync(WithLease(record, time.GetUtcNow())));
            throw;
        }
    }

    private static Record<IdempotencyRecord> WithLease(Record<IdempotencyRecord> record, DateTimeOffset until) =>
        record with { Value = record.Value with { LeaseUntil = until } };

    private async Task<(Record<IdempotencyRecord> Record, bool IsFirstTry)> ClaimAsync(IdempotencyKey key)
    {
        var now = time.GetUtcNow();
        var (record, isNew) = await records.PutIfAbsentAsync(new()
        {
            Key = key.Text,
            Value = new() { Fingerprint = key.Fingerprint, TargetId = EntityId.New(now), LeaseUntil = now + Lease },
            ExpiresAt = now + Lifetime,
        });
        if (isNew)
        {
            return (record, IsFirstTry: true);
        }

        if (record.Value.Fingerprint != key.Fingerprint)
        {
            throw new FailureException(FailureCode.IdempotencyMismatch, "The Idempotency-Key came with another request before.");
        }

        if (record.Attachment is not null)
        {
            return (record, IsFirstTry: false);
        }

        return record.Value.LeaseUntil <= now && await records.PutIfVersionAsync(WithLease(record, now + Lease)) is { } takenOver
            ? (takenOver, IsFirstTry: false)
            : throw StillRunning();
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

/// <summary>Response to a request with a key.</summary>
/// <param name="Response">The response, as it is remembered.</param>
/// <param name="IsReplay">True where an earlier request got it first.</param>
public sealed record IdempotencyOutcome(byte[] Response, bool IsReplay);
