using Microsoft.Extensions.Logging;
using OrderIssues.Application.Common.Records;

namespace OrderIssues.Application.Common.Idempotency;

/// <summary>Does a key's work once, without transactions.</summary>
/// <remarks>The key's record is written first, with the new id, and completed with the response before the caller gets it.</remarks>
public sealed partial class IdempotentRunner(IRecordStore store, TimeProvider time, ILogger<IdempotentRunner> logger)
{
    /// <summary>Time before retries take over; exceeds store timeouts.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    /// <summary>Time for which a response is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private readonly Records<IdempotencyRecord> records = new(store, RecordKinds.Idempotency);

    /// <summary>Runs the work, or gives its first response.</summary>
    /// <remarks>The work writes once under the id that it gets: an earlier try may have written already.</remarks>
    /// <exception cref="FailureException">The key is in use or another request's, or the work failed.</exception>
    public async Task<IdempotencyOutcome> RunAsync(IdempotencyKey key, Func<IdempotentTry, Task<byte[]>> work)
    {
        var (record, isFirstTry) = await ClaimAsync(key);
        if (record.Attachment is { } remembered)
        {
            return new IdempotencyOutcome(remembered, IsReplay: true);
        }

        try
        {
            var response = await work(new(record.Value.TargetId, isFirstTry));
            var completed = record with { Attachment = response, ExpiresAt = time.GetUtcNow() + Lifetime };
            return await records.PutIfVersionAsync(completed) is not null
                ? new IdempotencyOutcome(response, IsReplay: false) : throw StillRunning();
        }
        catch (FailureException failure) when (isFirstTry && failure.GuaranteesNothingWritten)
        {
            await TryReleaseAsync(() => records.RemoveAsync(record));
            throw;
        }
        catch
        {
            // This try, or an earlier one, may still have written: the next try needs the same id.
            await TryReleaseAsync(() => records.PutIfVersionAsync(WithLease(record, time.GetUtcNow())));
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

        // Clocks differ by less than a lease, or one of them was set since. No write is made twice: its id is the same in all tries.
        var isOver = record.Value.LeaseUntil <= now || record.Value.LeaseUntil > now + (2 * Lease);
        return isOver && await records.PutIfVersionAsync(WithLease(record, now + Lease)) is { } takenOver
            ? (takenOver, IsFirstTry: false) : throw StillRunning();
    }

    private static FailureException StillRunning() =>
        new(FailureCode.Conflict, "A request with this idempotency key is still running.") { RetryAfter = TimeSpan.FromSeconds(1) };

    /// <summary>Releases the key; if impossible, its lease expires.</summary>
    private async Task TryReleaseAsync(Func<Task> release)
    {
        try
        {
            await release();
        }
        catch (Exception exception)
        {
            LogNotReleased(exception, Lease);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The idempotency key of a failed request couldn't be released; retries are answered with conflict for {Lease}")]
    private partial void LogNotReleased(Exception exception, TimeSpan lease);
}

/// <summary>Try of a key's work.</summary>
/// <param name="TargetId">Id to write under, the same in all tries.</param>
/// <param name="IsFirst">True where no other try can have written.</param>
public sealed record IdempotentTry(EntityId TargetId, bool IsFirst);

/// <summary>Response to a keyed request, new or replayed.</summary>
public sealed record IdempotencyOutcome(byte[] Response, bool IsReplay);

/// <summary>Content of a key's record, without its response.</summary>
public sealed record IdempotencyRecord
{
    public required string Fingerprint { get; init; }

    /// <summary>Id of the new issue, message or history entry, for all tries; of many, the id that theirs derive from.</summary>
    public required EntityId TargetId { get; init; }

    /// <summary>End of the lease, to the millisecond.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }
}
