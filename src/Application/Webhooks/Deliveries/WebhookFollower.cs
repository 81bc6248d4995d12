using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Events;
using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Webhooks.Deliveries;

/// <summary>Delivers events to an endpoint in their order, and retries beside.</summary>
internal sealed partial class WebhookFollower : IFollower
{
    private readonly WebhookEndpoint endpoint;
    private readonly EndpointProgress progress;
    private readonly DeliveredLog delivered;
    private readonly Deliverer deliverer;
    private readonly RetryLoop retries;
    private readonly TimeProvider time;
    private readonly ILogger<WebhookFollower> logger;

    public WebhookFollower(WebhookEndpoint endpoint, IServiceProvider services)
    {
        this.endpoint = endpoint;
        var store = services.GetRequiredService<IRecordStore>();
        time = services.GetRequiredService<TimeProvider>();
        logger = services.GetRequiredService<ILogger<WebhookFollower>>();
        progress = new(endpoint, new EndpointStates(store), time);
        delivered = new(store, endpoint);
        var records = new DeliveryRecords(store, endpoint);
        deliverer = new(
            endpoint, services.GetRequiredService<IWebhookSender>(), services.GetRequiredService<IEventFormat>(), progress, delivered,
            records, time, services.GetRequiredService<ILogger<Deliverer>>());
        retries = new(
            endpoint, services.GetRequiredService<IEventLog>(), deliverer, records, time,
            services.GetRequiredService<ILogger<RetryLoop>>());
    }

    public string Name => $"webhook:{endpoint.Key}";

    public bool IsOneOfAll => true;

    public async Task<long> FindPlaceAsync(EventLogRange range, CancellationToken cancellationToken)
    {
        await progress.LoadAsync(range);
        await delivered.LoadAsync();
        deliverer.Restore();
        return progress.State.Place;
    }

    /// <inheritdoc/>
    // The place is stored by the work beside, every second: a write for each batch would take longer than its deliveries.
    public async Task ApplyAsync(IReadOnlyList<IssueEvent> events, CancellationToken cancellationToken)
    {
        progress.SkipTo(events[0].Sequence);
        foreach (var issueEvent in events)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (endpoint.Takes(EventTypes.Of(issueEvent)))
            {
                await deliverer.DeliverAsync(issueEvent, cancellationToken);
            }

            progress.MoveTo(issueEvent.Sequence);
        }
    }

    public async Task RunBesideAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var keeping = KeepAsync(end.Token);
        try
        {
            await retries.RunAsync(cancellationToken);
        }
        finally
        {
            await end.CancelAsync();
            await keeping;
        }
    }

    /// <summary>Stores every second how far it is, and once more at the end.</summary>
    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        bool isLast;
        do
        {
            await Task.Delay(Deliverer.Tick, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            isLast = cancellationToken.IsCancellationRequested;
            try
            {
                await progress.SaveAsync();
                await delivered.SaveAsync();
            }
            catch (FailureException failure)
            {
                LogUnavailable(endpoint.Name, failure.Message);
            }
        }
        while (!isLast);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The place of the webhook {Name} can't be stored right now: {Reason}")]
    private partial void LogUnavailable(string name, string reason);
}
