namespace OrderIssues.Application.Common.Idempotency;

/// <summary>
/// Where the records of keys are kept, which is where the issues are. Each method is one atomic operation, whose effect is on the disk when
/// it returns. None can be called off, since nobody would know then whether it had taken effect. A store that can't be reached fails with
/// <c>store_unavailable</c>.
/// </summary>
public interface IIdempotencyRecords
{
    /// <summary>Takes the record in, unless there is one of its key that hasn't expired at <paramref name="now"/>.</summary>
    /// <returns>The record that is there already; null when there is none, so that this one is there now.</returns>
    Task<IdempotencyRecord?> AddAsync(IdempotencyRecord record, DateTimeOffset now);

    /// <summary>Puts a record in the place of one of the same key, if that is still there with the same target and lease.</summary>
    /// <returns>Whether it was.</returns>
    Task<bool> TryReplaceAsync(IdempotencyRecord record, IdempotencyRecord replacement);

    /// <summary>Removes the record, if it is still there with the same target and lease.</summary>
    Task RemoveAsync(IdempotencyRecord record);
}
