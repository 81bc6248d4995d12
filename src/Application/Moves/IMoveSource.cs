using OrderIssues.Application.Common.Records;
using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Moves;

/// <summary>Store that can be read whole while services use it.</summary>
/// <remarks>A store that can't be reached fails with <c>store_unavailable</c>.</remarks>
public interface IMoveSource
{
    /// <summary>Kind and place.</summary>
    string Name { get; }

    Task<long> CountIssuesAsync(CancellationToken cancellationToken);

    /// <summary>Reads all issues that there are when it begins, in batches of some MiB.</summary>
    /// <exception cref="MoveException">An issue has no number, or none that another store can have.</exception>
    IAsyncEnumerable<IReadOnlyList<MovedIssue>> ReadIssuesAsync(CancellationToken cancellationToken);

    /// <summary>Finds the issues that there are of these.</summary>
    Task<IReadOnlyList<MovedIssue>> FindIssuesAsync(IReadOnlyList<EntityId> ids, CancellationToken cancellationToken);

    Task<EventLogRange> GetLogAsync(CancellationToken cancellationToken);

    /// <summary>Reads events above a sequence, oldest first.</summary>
    Task<IReadOnlyList<MovedEvent>> ReadEventsAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>Reads all records that another store needs (<see cref="MovedRecords"/>), in batches of some MiB.</summary>
    IAsyncEnumerable<IReadOnlyList<StoredRecord>> ReadRecordsAsync(CancellationToken cancellationToken);

    /// <summary>Number of the last issue that was numbered.</summary>
    Task<long> ReadCounterAsync(CancellationToken cancellationToken);

    /// <summary>Has the store refuse all writes with <c>store_unavailable</c>, also those of processes that run.</summary>
    /// <remarks>All that was changed before is in the log then.</remarks>
    Task FenceAsync(CancellationToken cancellationToken);

    /// <summary>Has the store take writes again.</summary>
    /// <returns>False where it was taking them.</returns>
    Task<bool> ReleaseAsync(CancellationToken cancellationToken);
}

/// <summary>Records that move with the issues.</summary>
public static class MovedRecords
{
    /// <summary>Kind of the record that a store has while one is moved into it. Its content names the log of the other.</summary>
    public const string Mark = "moves";

    /// <summary>False for what belongs to a store alone.</summary>
    public static bool Include(string kind) => kind is not (Mark or RecordKinds.Leases or RecordKinds.EventLog or "health");
}

/// <summary>Tells why a store can't be moved. What it has stays.</summary>
public sealed class MoveException(string message) : Exception(message);
