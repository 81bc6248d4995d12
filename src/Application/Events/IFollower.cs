using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Events;

/// <summary>Work that follows the event log at its own pace.</summary>
/// <remarks>
/// The runner asks for the place, and then applies batch after batch. After a failure it pauses and asks for the place again, so that a
/// batch may come twice.
/// </remarks>
public interface IFollower
{
    /// <summary>Most events of a batch.</summary>
    const int MaxBatch = 1_000;

    /// <summary>Name, unique among followers, which is also that of its lease.</summary>
    string Name { get; }

    /// <summary>True where one of all instances works, false where each does.</summary>
    bool IsOneOfAll { get; }

    /// <summary>Finds the sequence up to which events have had their effect.</summary>
    /// <remarks>
    /// A new follower chooses where it begins. One whose place lies outside of the log, or is of another epoch, starts over as it needs.
    /// </remarks>
    /// <param name="range">Events of the log now.</param>
    /// <param name="cancellationToken">Ends the work: at the stop, or when the lease is lost.</param>
    Task<long> FindPlaceAsync(EventLogRange range, CancellationToken cancellationToken);

    /// <summary>Lets events take effect, and then keeps the place where the effect is.</summary>
    /// <param name="events">Events after the place, oldest first, at least one.</param>
    /// <param name="cancellationToken">Ends the work: at the stop, or when the lease is lost.</param>
    Task ApplyAsync(IReadOnlyList<IssueEvent> events, CancellationToken cancellationToken);

    /// <summary>Works beside while events are applied, from when the place is found.</summary>
    Task RunBesideAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
