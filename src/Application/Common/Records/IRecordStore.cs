namespace OrderIssues.Application.Common.Records;

/// <summary>Keeps small records where the issues are.</summary>
/// <remarks>
/// A write is atomic, on the disk when it returns, and can't be cancelled. An expired record counts as absent.
/// A store that can't be reached fails with <c>store_unavailable</c>.
/// </remarks>
public interface IRecordStore
{
    /// <returns>The record; null where there is none.</returns>
    Task<StoredRecord?> FindAsync(string kind, string key);

    /// <summary>Stores the record unless its key exists.</summary>
    Task<PutResult> PutIfAbsentAsync(StoredRecord record);

    /// <summary>Replaces the record if its version is unchanged.</summary>
    /// <returns>The record with its new version; null where nothing was replaced.</returns>
    Task<StoredRecord?> PutIfVersionAsync(StoredRecord record);

    /// <summary>Removes the record if its version is unchanged.</summary>
    Task RemoveAsync(string kind, string key, string version);

    /// <summary>Lists records due by then, the earliest first.</summary>
    Task<IReadOnlyList<StoredRecord>> ListDueAsync(string kind, DateTimeOffset until, int limit);
}

/// <summary>Stored record, new or already present.</summary>
public readonly record struct PutResult(StoredRecord Record, bool IsNew);
