using OrderIssues.Application.Events;
using OrderIssues.Domain.Events;

namespace OrderIssues.Infrastructure.Search;

/// <summary>Brings the index up to date in the background, on a thread of its own.</summary>
internal sealed class TextIndexFollower(TextIndex index, TimeProvider time) : IFollower
{
    // Large batches cost less, and no search waits for the next one.
    private static readonly TimeSpan PauseAtEnd = TimeSpan.FromMilliseconds(100);

    public string Name => "The index of texts";

    public bool IsOneOfAll => false;

    public Task<long> FindPlaceAsync(EventLogRange range, CancellationToken cancellationToken) =>
        RunAsync(() => Math.Min(index.Prepare(cancellationToken), range.Latest), cancellationToken);

    public async Task ApplyAsync(IReadOnlyList<IssueEvent> events, CancellationToken cancellationToken)
    {
        await RunAsync(
            () => index.Advance(events[^1].Sequence, cancellationToken) ? events[^1].Sequence : index.Prepare(cancellationToken),
            cancellationToken);
        if (events.Count < IFollower.MaxBatch)
        {
            await Task.Delay(PauseAtEnd, time, cancellationToken);
        }
    }

    /// <summary>Works on the index, then takes out what was erased, which may wait for searches that began before.</summary>
    private async Task<long> RunAsync(Func<long> work, CancellationToken cancellationToken)
    {
        var (place, isPurged) = await StartAsync(() => (work(), index.Purge(cancellationToken)));
        while (!isPurged)
        {
            await Task.Delay(PauseAtEnd, time, cancellationToken);
            isPurged = await StartAsync(() => index.Purge(cancellationToken));
        }

        return place;
    }

    private static Task<T> StartAsync<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
