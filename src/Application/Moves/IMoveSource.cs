using OrderIssues.Application.Common.Records;
using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Moves;

/// <summary>Store that can be read whole while services use it.</summary>
/// <remarks>A store that can't be reached fails with <c>store_unavailable</c>.</remarks>
public interface IMoveSource
{
    /// <summary>Kind and place.</summary>
    string Name { get; }

    /// <summary>Sees to it that all changes from now on get into the log.</summary>
    /// <exception cref="MoveException">A move into this store isn't finished.</exception>
    Task BeginAsync(CancellationToken cancellationToken);

    Task<long> CountIssuesAsync(CancellationToken cancellationToken);

    /// <summary>Reads all issues that there are when it begins, in batches of some MiB.</summary>
    IAsyncEnumerable<IReadOnlyList<MovedIssue>> ReadIssuesAsync(CancellationToken cancellationToken);

    /// <summary>Finds the issues that there are of these.</summary>
    Task<IReadOnlyList<MovedIssue>> FindIssuesAsync(IReadOnlyList<EntityId> ids, CancellationToken cancellationToken);

    Task<EventLogRange> GetLogAsync(CancellationToken cancellationToken);

    /// <summary>Reads events above a sequence, oldest first.</summary>
    Task<IReadOnlyList<MovedEvent>> ReadEventsAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>Reads all records that another store needs (<see cref="MovedRecords"/>), in batches of some MiB.</summary>
    IAsyncEnumerable<IReadOnlyList<StoredRecord>> ReadRecordsAsync(CancellationToken cancellationToken);

    /// <summary>Highest number that was given to an issue.</summary>
    Task<long> ReadCounterAsync(CancellationToken cancellationToken);

    /// <summary>True where the store takes no writes.</summary>
    Task<bool> IsFencedAsync(CancellationToken cancellationToken);

    /// <summary>Has the store refuse inserts and updates with <c>store_unavailable</c>, also those of processes that run.</summary>
    /// <remarks>All that was changed before is in the log then.</remarks>
    Task FenceAsync(CancellationToken cancellationToken);

    /// <summary>Has the store take writes again.</summary>
    /// <returns>False where it was taking them.</returns>
    Task<bool> ReleaseAsync(CancellationToken cancellationToken);
}

/// <summary>Records that move with the issues.</summary>
public static class MovedRecords
{
    /// <summary>Kind of the record that a store has while another one is moved into it.</summary>
    public const string Mark = "moves";

    /// <summary>Kinds of records that belong to a store alone.</summary>
    public static readonly IReadOnlyList<string> Others =
        [Mark, RecordKinds.Leases, RecordKinds.EventLog, RecordKinds.ErasedSpace, RecordKinds.Health];

    public static bool Include(string kind) => !Others.Contains(kind);
}

/// <summary>Tells why a store can't be moved.</summary>
public sealed class MoveException(string message) : Exception(message)
{
    public static MoveException TakenOver() => new("Another run of the move has taken over.");
}
