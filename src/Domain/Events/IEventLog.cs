namespace OrderIssues.Domain.Events;

/// <summary>Log of what happened to the issues, in one order.</summary>
/// <remarks>
/// Sequences start at 1 and are dense: whoever has read N has read all below. What was read is never undone.
/// A store that can't be reached fails with <c>store_unavailable</c>.
/// </remarks>
public interface IEventLog
{
    /// <summary>Tells which events there are.</summary>
    Task<EventLogRange> GetRangeAsync(CancellationToken cancellationToken);

    /// <summary>Reads events above a sequence, oldest first.</summary>
    Task<IReadOnlyList<IssueEvent>> ReadAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>Waits for another range: no time after changes by this process, at most a second after those by others.</summary>
    Task<EventLogRange> WaitAsync(EventLogRange known, CancellationToken cancellationToken);

    /// <summary>Deletes up to 1,000 of the oldest events, if they were recorded before a time; never the last one.</summary>
    /// <returns>Number of deleted events.</returns>
    Task<int> RemoveAsync(DateTimeOffset recordedBefore, CancellationToken cancellationToken);
}

/// <summary>Events of a log.</summary>
/// <param name="Epoch">Name of the log, which a restored or replaced store changes.</param>
/// <param name="Oldest">Sequence of the oldest kept event; that of the next one in an empty log.</param>
/// <param name="Latest">Sequence of the latest event; 0 before the first.</param>
public sealed record EventLogRange(string Epoch, long Oldest, long Latest);
