using Microsoft.Extensions.Logging;
using OrderIssues.Application.Common.Records;

namespace OrderIssues.Application.Common.Idempotency;

/// <summary>
/// Does the work of a key once, over any number of retries, instances and crashes, without transactions: the key's record is written first,
/// with the id of the new issue or message, and is completed with the response before the caller gets it.
/// </summary>
public sealed partial class IdempotentRunner(IRecordStore store, TimeProvider time, ILogger<IdempotentRunner> logger)
{
    /// <summary>Time that a request has for its work before a retry takes over: longer than the stores let it take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>Time for which a response is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly Records<IdempotencyRecord> records = new(store, RecordKinds.Idempotency);

    /// <summary>Runs the work, or gives its first response.</summary>
    /// <param name="key">Key.</param>
    /// <param name="work">Work, which writes once under the id that it gets: an earlier try may have written already.</param>
    /// <exception cref="FailureException">
    /// The key is of another request (<c>idempotency_mismatch</c>) or in use (<c>conflict</c>), or the work failed.
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
            // This try or an earlier one may have written all the same, or still may: the next one needs the same id.
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
            throw new FailureException(FailureCode.IdempotencyMismatch, "The idempotency key came with another request before.");
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
        new(FailureCode.Conflict, "A request with this idempotency key is still running.") { RetryAfter = TimeSpan.FromSeconds(1) };

    /// <summary>Releases the key for retries. Where that fails, they wait for the end of the lease.</summary>
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

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The idempotency key of a failed request couldn't be released; retries are answered with conflict for {Lease}")]
    private partial void LogHeld(Exception exception, TimeSpan lease);
}

/// <summary>Response to a request with a key.</summary>
/// <param name="Response">Response, as it is remembered.</param>
/// <param name="IsReplay">True where an earlier request got it first.</param>
public sealed record IdempotencyOutcome(byte[] Response, bool IsReplay);
