using OrderIssues.Application.Common.Records;

namespace OrderIssues.Application.Moves;

/// <summary>Store that another one is moved into.</summary>
/// <remarks>
/// A store that can't be reached fails with <c>store_unavailable</c>. Writes fail with <see cref="MoveException"/> once another run has
/// taken over.
/// </remarks>
public interface IMoveTarget
{
    /// <summary>Kind and place, without credentials.</summary>
    string Name { get; }

    /// <summary>Tells how far a move into the store is, without changing anything.</summary>
    /// <param name="epoch">Name of the other store's log.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<TargetState> GetStateAsync(string epoch, CancellationToken cancellationToken);

    /// <summary>Makes the store ready, and takes over from an earlier run. Services can't write to it until the end.</summary>
    /// <exception cref="MoveException">It has issues or records of its own by now.</exception>
    Task BeginAsync(MoveRun run, CancellationToken cancellationToken);

    /// <summary>True once another run has taken over.</summary>
    Task<bool> IsTakenOverAsync(MoveRun run, CancellationToken cancellationToken);

    Task<long> CountIssuesAsync(CancellationToken cancellationToken);

    /// <summary>Finds the issues that there are of these.</summary>
    Task<IReadOnlyList<MovedIssue>> FindIssuesAsync(IReadOnlyList<EntityId> ids, CancellationToken cancellationToken);

    /// <summary>Writes issues in the place of what is there of them.</summary>
    /// <exception cref="MoveException">An issue has no number, or none that this store can have, or that of another one.</exception>
    Task WriteIssuesAsync(IReadOnlyList<MovedIssue> issues, CancellationToken cancellationToken);

    /// <summary>Sequence of the last event; 0 for none.</summary>
    Task<long> GetLastEventAsync(CancellationToken cancellationToken);

    /// <summary>Appends events under their sequences.</summary>
    Task WriteEventsAsync(IReadOnlyList<MovedEvent> events, CancellationToken cancellationToken);

    /// <summary>Removes all records that move with the issues.</summary>
    Task RemoveRecordsAsync(CancellationToken cancellationToken);

    Task WriteRecordsAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken);

    /// <summary>Raises the counter, and has the move be finished, which can't be taken back.</summary>
    /// <remarks>Where it isn't known whether it succeeded, <see cref="GetStateAsync"/> tells.</remarks>
    Task FinishAsync(MoveRun run, long counter, CancellationToken cancellationToken);

    /// <summary>Gives the log its name, and lets services use the store, after a move is finished. It may be repeated.</summary>
    Task OpenAsync(string epoch, CancellationToken cancellationToken);
}

/// <summary>One run of a move.</summary>
/// <param name="Epoch">Name of the log of the store that is moved.</param>
/// <param name="Id">Name of the run.</param>
public sealed record MoveRun(string Epoch, string Id);

/// <summary>State of a store that another one is moved into.</summary>
public enum TargetState
{
    /// <summary>It has neither issues nor records.</summary>
    Empty,

    /// <summary>The same store was being moved into it.</summary>
    Begun,

    /// <summary>The same store has been moved into it.</summary>
    Finished,

    /// <summary>It has issues or records of its own, or those of another store.</summary>
    Used,
}
