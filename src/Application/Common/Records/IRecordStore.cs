namespace OrderIssues.Application.Common.Records;

/// <summary>Stores small keyed records beside the issues.</summary>
/// <remarks>
/// A write is atomic, durable on return, and can't be cancelled. An expired record counts as absent.
/// A store that can't be reached fails with <c>store_unavailable</c>.
/// </remarks>
public interface IRecordStore
{
    /// <returns>The record; null where there is none.</returns>
    Task<StoredRecord?> FindAsync(string kind, string key);

    /// <summary>Stores the record unless its key exists.</summary>
    Task<PutResult> PutIfAbsentAsync(StoredRecord record);

    /// <summary>Replaces the stored record that has this record's version.</summary>
    /// <returns>The record with its new version; null where nothing was replaced.</returns>
    Task<StoredRecord?> PutIfVersionAsync(StoredRecord record);

    /// <summary>Removes the record that has this version.</summary>
    Task RemoveAsync(string kind, string key, string version);

    /// <summary>Lists records due at a time or before, the earliest first.</summary>
    Task<IReadOnlyList<StoredRecord>> ListDueAsync(string kind, DateTimeOffset until, int limit);

    /// <summary>Lists records in the order of their keys' UTF-8, those after a key or from the first one.</summary>
    Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string? after, int limit);
}

/// <summary>Stored record, new or already present.</summary>
public readonly record struct PutResult(StoredRecord Record, bool IsNew);
