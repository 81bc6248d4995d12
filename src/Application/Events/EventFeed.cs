using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Events;

/// <summary>Watches the log once for all who wait, and only while someone does.</summary>
public sealed partial class EventFeed(IEventLog log, TimeProvider time, ILogger<EventFeed> logger)
    : BackgroundService, IHostedLifecycleService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private readonly EventRing ring = new();
    private readonly WatchedRange watched = new();
    private volatile bool isStopping;

    /// <summary>True once the service stops, so that nobody waits any more.</summary>
    public bool IsStopping => isStopping;

    /// <summary>Lets go of all who wait.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        isStopping = true;
        watched.Announce(watched.Current.Range);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sequence of the last event that was seen; null before the first look.</summary>
    internal long? Latest => watched.Current.Range?.Latest;

    internal Task<EventLogRange> GetRangeAsync(CancellationToken cancellationToken) => log.GetRangeAsync(cancellationToken);

    /// <summary>Reads from memory what is there, else from the store.</summary>
    internal async Task<IReadOnlyList<LoggedEvent>> ReadAsync(
        EventLogRange range, long after, int limit, CancellationToken cancellationToken) =>
        ring.Read(range.Epoch, after, limit) ?? await ReadStoredAsync(after, limit, cancellationToken);

    /// <summary>Waits for later events, for another log, for the end of the time or of the service.</summary>
    internal async Task<EventLogRange> WaitAsync(EventLogRange known, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        watched.Enter();
        try
        {
            while (!isStopping)
            {
                var (range, next) = watched.Current;
                if (range?.Epoch == known.Epoch && range.Latest > known.Latest)
                {
                    return range;
                }

                // Either the watch or the caller has seen a new log first.
                if (range is not null && range.Epoch != known.Epoch
                    && await log.GetRangeAsync(cancellationToken) is var now && now.Epoch != known.Epoch)
                {
                    return now;
                }

                var rest = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - time.GetElapsedTime(start);
                if (rest <= TimeSpan.Zero && rest != Timeout.InfiniteTimeSpan)
                {
                    break;
                }

                await next.WaitAsync(rest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }

            return known;
        }
        finally
        {
            watched.Leave();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await watched.Demand.WaitAsync(stoppingToken);
            try
            {
                await WatchAsync(stoppingToken);
            }
            catch (FailureException failure)
            {
                LogUnavailable(failure.Message, PauseAfterFailure);
                await Task.Delay(PauseAfterFailure, time, stoppingToken);
            }
        }
    }

    private async Task<IReadOnlyList<LoggedEvent>> ReadStoredAsync(long after, int limit, CancellationToken cancellationToken) =>
        [.. (await log.ReadAsync(after, limit, cancellationToken)).Select(stored => new LoggedEvent(stored))];

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var range = await log.GetRangeAsync(cancellationToken);
        ring.Reset(range);
        watched.Announce(range);
        while (watched.IsWanted())
        {
            var next = await log.WaitAsync(range, cancellationToken);
            await AddAsync(range, next, cancellationToken);
            range = next;
        }
    }

    private async Task AddAsync(EventLogRange known, EventLogRange next, CancellationToken cancellationToken)
    {
        var latest = known.Latest;
        while (next.Epoch == known.Epoch && latest < next.Latest
            && await ReadStoredAsync(latest, BatchSize, cancellationToken) is { Count: > 0 } events
            && events[0].Content.Sequence == latest + 1)
        {
            ring.Add(events);
            latest = events[^1].Content.Sequence;
            watched.Announce(next with { Latest = latest });
        }

        if (latest < next.Latest || next.Epoch != known.Epoch)
        {
            ring.Reset(next);
            watched.Announce(next);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The event log can't be read ({Reason}); trying again in {Pause}")]
    private partial void LogUnavailable(string reason, TimeSpan pause);
}
