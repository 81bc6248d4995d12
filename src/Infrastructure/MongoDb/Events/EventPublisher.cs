using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIssues.Application.Common.Records;

namespace OrderIssues.Infrastructure.MongoDb.Events;

/// <summary>Publishes what happened, in one of all instances at a time.</summary>
// The lease only spares them work: any number may publish at once.
internal sealed partial class EventPublisher(
    EventSequence sequence, UnpublishedEntries entries, OtherChanges others, PublisherSignal signal, IRecordStore store, TimeProvider time,
    ILogger<EventPublisher> logger)
    : BackgroundService
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new Lease(store, "publisher", LeaseDuration, time).RunAsync(PublishAsync, stoppingToken);

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await sequence.PrepareAsync(cancellationToken);
                await PublishAllAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                if (MongoFailures.IsUnavailable(exception) || exception is FailureException)
                {
                    LogUnavailable(exception.GetType().Name, PauseAfterFailure);
                }
                else
                {
                    LogFailed(exception, PauseAfterFailure);
                }

                await Task.Delay(PauseAfterFailure, time, cancellationToken);
            }
        }
    }

    private async Task PublishAllAsync(CancellationToken cancellationToken)
    {
        long? lastSweep = null;
        while (true)
        {
            var changed = signal.Changed.Next;
            var hasMore = await entries.PublishAsync(cancellationToken) > 0;
            if (lastSweep is null || time.GetElapsedTime(lastSweep.Value) >= SweepInterval)
            {
                lastSweep = time.GetTimestamp();
                await others.SweepAsync(cancellationToken);
            }

            signal.Published.Give();
            if (!hasMore)
            {
                await Signal.WaitAsync(changed, time, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events can't be published ({Reason}); trying again in {Pause}")]
    private partial void LogUnavailable(string reason, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "Events can't be published; trying again in {Pause}")]
    private partial void LogFailed(Exception exception, TimeSpan pause);
}
