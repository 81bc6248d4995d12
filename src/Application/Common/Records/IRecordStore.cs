namespace OrderIssues.Application.Common.Records;

/// <summary>
/// Keeps small records where the issues are. A write is atomic, on the disk when it returns, and can't be cancelled. An expired record
/// counts as absent. A store that can't be reached fails with <c>store_unavailable</c>.
/// </summary>
public interface IRecordStore
{
    /// <returns>The record; null where there is none.</returns>
    Task<StoredRecord?> FindAsync(string kind, string key);

    /// <summary>Stores the record unless there is one of its kind and key.</summary>
    Task<PutResult> PutIfAbsentAsync(StoredRecord record);

    /// <summary>Replaces the stored record if it still has the version of <paramref name="record"/>.</summary>
    /// <returns>The record with its new version; null where nothing was replaced.</returns>
    Task<StoredRecord?> PutIfVersionAsync(StoredRecord record);

    /// <summary>Removes the stored record if it still has the version.</summary>
    Task RemoveAsync(string kind, string key, string version);

    /// <summary>Lists records that are due at a time, the earliest first.</summary>
    Task<IReadOnlyList<StoredRecord>> ListDueAsync(string kind, DateTimeOffset until, int limit);
}

/// <summary>Outcome of a put that leaves a present record alone.</summary>
/// <param name="Record">The record that is stored now, with its version.</param>
/// <param name="IsNew">True where the put stored it; false where it was there already.</param>
public readonly record struct PutResult(StoredRecord Record, bool IsNew);
