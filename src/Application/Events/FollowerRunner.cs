using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIssues.Application.Common.Records;

namespace OrderIssues.Application.Events;

/// <summary>Brings events to the followers, a batch at a time.</summary>
internal sealed partial class FollowerRunner : BackgroundService
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> places = [];
    private readonly IEnumerable<IFollower> followers;
    private readonly EventFeed feed;
    private readonly IRecordStore store;
    private readonly TimeProvider time;
    private readonly ILogger<FollowerRunner> logger;

    public FollowerRunner(
        IEnumerable<IFollower> followers, EventFeed feed, IRecordStore store, IMeterFactory meters, TimeProvider time,
        ILogger<FollowerRunner> logger)
    {
        (this.followers, this.feed, this.store, this.time, this.logger) = (followers, feed, store, time, logger);
        meters.Create(ServiceMeter.Name).CreateObservableGauge(
            "order_issue.follower.waiting", Waiting, "{event}", "Events that a follower of the log hasn't taken yet.");
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(followers.Select(follower => RunAsync(follower, stoppingToken)));

    private Task RunAsync(IFollower follower, CancellationToken cancellationToken) => follower.IsOneOfAll
        ? new Lease(store, follower.Name, LeaseDuration, time).RunAsync(end => TryAgainAsync(follower, end), cancellationToken)
        : TryAgainAsync(follower, cancellationToken);

    private async Task TryAgainAsync(IFollower follower, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!feed.IsStopping)
        {
            try
            {
                await FollowAsync(follower, () => pause = FirstPause, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                if (exception is FailureException failure)
                {
                    LogWaits(follower.Name, failure.Message, pause);
                }
                else
                {
                    LogFailed(exception, follower.Name, pause);
                }

                await Task.Delay(pause, time, cancellationToken);
                pause = pause * 2 < MaxPause ? pause * 2 : MaxPause;
            }
        }
    }

    private async Task FollowAsync(IFollower follower, Action onSuccess, CancellationToken cancellationToken)
    {
        var range = await feed.GetRangeAsync(cancellationToken);
        var cursor = EventCursor.Open(feed, range, await follower.FindPlaceAsync(range, cancellationToken));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var endBeside = new CancellationTokenSource();
        var beside = follower.RunBesideAsync(endBeside.Token);
        var applying = ApplyAsync(follower, cursor, onSuccess, end.Token);
        await Task.WhenAny(beside.IsCompletedSuccessfully ? [applying] : [applying, beside]);
        await end.CancelAsync();
        await applying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await endBeside.CancelAsync();
        await beside.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await (beside.IsFaulted ? beside : applying);
    }

    private async Task ApplyAsync(IFollower follower, EventCursor cursor, Action onSuccess, CancellationToken cancellationToken)
    {
        while (!feed.IsStopping)
        {
            var events = await cursor.ReadAsync(IFollower.MaxBatch, cancellationToken);
            if (events.Count > 0)
            {
                await follower.ApplyAsync([.. events.Select(logged => logged.Content)], cancellationToken);
                places[follower.Name] = events[^1].Content.Sequence;
                onSuccess();
            }
            else
            {
                await cursor.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);
            }
        }
    }

    private IEnumerable<Measurement<long>> Waiting() => feed.Latest is { } latest
        ? places.Select(place => new Measurement<long>(
            Math.Max(latest - place.Value, 0), new KeyValuePair<string, object?>("follower", place.Key)))
        : [];

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Follower} can't follow the event log; trying again in {Pause}: {Reason}")]
    private partial void LogWaits(string follower, string reason, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Follower} can't follow the event log; trying again in {Pause}")]
    private partial void LogFailed(Exception exception, string follower, TimeSpan pause);
}
