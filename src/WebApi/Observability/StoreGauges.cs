using System.Diagnostics.Metrics;
using MediatR;
using OrderIssues.Application;
using OrderIssues.Application.Backups;
using OrderIssues.Application.Issues;
using OrderIssues.Application.Webhooks;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.WebApi.Observability;

/// <summary>Looks once a minute, or less often where it takes long, for what a support lead and an operator ask of the store.</summary>
internal sealed partial class StoreGauges : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);

    // A store of millions of issues is not to be kept busy with it.
    private const int MostOfTime = 50;
    private static readonly IssueSort OldestFirst = new(IssueField.CreatedAt, Descending: false);
    private static readonly IssueField[] SourceAndType = [IssueField.Source, IssueField.IssueType];

    private readonly IOrderIssueQueries queries;
    private readonly IMediator mediator;
    private readonly IssueStatuses statuses;
    private readonly TimeProvider time;
    private readonly ILogger<StoreGauges> logger;
    private readonly IStoreBackups? backups;
    private volatile Look last = Look.None;

    // Only the embedded store has backups of its own.
    public StoreGauges(
        IOrderIssueQueries queries, IMediator mediator, IssueStatuses statuses, IMeterFactory meters, TimeProvider time,
        ILogger<StoreGauges> logger, IStoreBackups? backups = null)
    {
        (this.queries, this.mediator, this.statuses, this.time, this.logger) = (queries, mediator, statuses, time, logger);
        this.backups = backups;
        var meter = meters.Create(ServiceMeter.Name);
        meter.CreateObservableGauge("order_issue.open", () => last.Open, "{issue}", "Issues that aren't resolved.");
        meter.CreateObservableGauge("order_issue.oldest_open.age", OldestOpen, "s", "Age of the oldest issue that isn't resolved.");
        meter.CreateObservableGauge("order_issue.overdue", Overdue, "{issue}", "Issues that aren't resolved past their due time.");
        meter.CreateObservableGauge("order_issue.webhook.waiting", Waiting, "{event}", "Events that a webhook hasn't looked at yet.");
        meter.CreateObservableGauge("order_issue.webhook.failing", Failing, "s", "Time for which deliveries have failed.");
        meter.CreateObservableGauge("order_issue.webhook.disabled", Disabled, "", "1 for a webhook that is disabled.");
        meter.CreateObservableGauge("order_issue.backup.age", Backup, "s", "Age of the last backup.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ProblemWriter.BeginCounts();
        for (var pause = FirstPause; ;)
        {
            await Task.Delay(pause, time, stoppingToken);
            var start = time.GetTimestamp();
            try
            {
                last = await LookAsync(stoppingToken);
            }
            catch (FailureException)
            {
                // The store has logged that it can't be reached. An old look would pass for a new one.
                last = Look.None;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception);
            }

            var longPause = time.GetElapsedTime(start) * MostOfTime;
            pause = longPause > ShortestPause ? longPause : ShortestPause;
        }
    }

    private async Task<Look> LookAsync(CancellationToken cancellationToken)
    {
        var open = new IssueFilter { IsResolved = false, ResolvedStatuses = statuses.Resolved };
        var tallies = await queries.TallyAsync(open, SourceAndType, cancellationToken);
        var oldest = await queries.ListAsync(open, OldestFirst, null, 1, cancellationToken);
        var webhooks = await mediator.Send(new ListWebhooks(), cancellationToken);
        return new(
            [
                .. tallies.GroupBy(tally => (Source: IssueCounts.SourceOf(tally.Values[0]), Type: IssueCounts.TypeOf(tally.Values[1])))
                    .Select(group => new Measurement<long>(group.Sum(tally => tally.IssuesOfTotal), group.Key.Source, group.Key.Type)),
            ],
            oldest.Issues is [{ CreatedAt: { } createdAt }] ? createdAt : null,
            await queries.CountAsync(open with { IsResolved = null, IsOverdue = true, Now = time.GetUtcNow() }, cancellationToken),
            webhooks);
    }

    private IEnumerable<Measurement<double>> OldestOpen() => AgeOf(last.OldestOpen);

    private IEnumerable<Measurement<long>> Overdue() => last.Overdue is { } count ? [new(count)] : [];

    private IEnumerable<Measurement<double>> Waiting() => OfWebhooks(status => status.Waiting);

    private IEnumerable<Measurement<double>> Failing() => OfWebhooks(status => status.State.FailingFor.TotalSeconds);

    private IEnumerable<Measurement<double>> Disabled() => OfWebhooks(status => status.State.IsDisabled ? 1 : 0);

    private IEnumerable<Measurement<double>> Backup() => AgeOf(backups?.LastMadeAt);

    private IEnumerable<Measurement<double>> AgeOf(DateTimeOffset? at) =>
        at is { } known ? [new((time.GetUtcNow() - known).TotalSeconds)] : [];

    private IEnumerable<Measurement<double>> OfWebhooks(Func<WebhookStatus, double> value) => last.Webhooks.Select(status =>
        new Measurement<double>(value(status), new KeyValuePair<string, object?>("webhook", status.Endpoint.Name)));

    [LoggerMessage(Level = LogLevel.Error, Message = "The gauges of the store can't be read")]
    private partial void LogFailed(Exception exception);

    private sealed record Look(
        IReadOnlyList<Measurement<long>> Open, DateTimeOffset? OldestOpen, long? Overdue, IReadOnlyList<WebhookStatus> Webhooks)
    {
        public static readonly Look None = new([], null, null, []);
    }
}
