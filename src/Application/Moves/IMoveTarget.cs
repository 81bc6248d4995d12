using OrderIssues.Application.Common.Records;

namespace OrderIssues.Application.Moves;

/// <summary>Store that another one is moved into.</summary>
/// <remarks>A store that can't be reached fails with <c>store_unavailable</c>.</remarks>
public interface IMoveTarget
{
    /// <summary>Kind and place, without credentials.</summary>
    string Name { get; }

    /// <summary>Makes an empty store ready, or goes on with one that the same store was being moved into.</summary>
    /// <remarks>Services can't write to it until the end.</remarks>
    /// <param name="epoch">Name of the other store's log.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MoveException">It has issues of its own.</exception>
    Task BeginAsync(string epoch, CancellationToken cancellationToken);

    Task<long> CountIssuesAsync(CancellationToken cancellationToken);

    /// <summary>Finds the issues that there are of these.</summary>
    Task<IReadOnlyList<MovedIssue>> FindIssuesAsync(IReadOnlyList<EntityId> ids, CancellationToken cancellationToken);

    /// <summary>Writes issues in the place of what is there of them.</summary>
    Task WriteIssuesAsync(IReadOnlyList<MovedIssue> issues, CancellationToken cancellationToken);

    /// <summary>Sequence of the last event; 0 for none.</summary>
    Task<long> GetLastEventAsync(CancellationToken cancellationToken);

    /// <summary>Appends events under their sequences.</summary>
    Task WriteEventsAsync(IReadOnlyList<MovedEvent> events, CancellationToken cancellationToken);

    /// <summary>Removes all records that move with the issues.</summary>
    Task RemoveRecordsAsync(CancellationToken cancellationToken);

    Task WriteRecordsAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken);

    /// <summary>Names the log, raises the counter, and lets services use the store.</summary>
    Task FinishAsync(string epoch, long counter, CancellationToken cancellationToken);
}
