using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Issues;
using OrderIssues.Application.Issues.Erasing;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Privacy;

/// <summary>How long customers' data is kept.</summary>
/// <param name="Days">Days after the resolution.</param>
/// <param name="IsDryRun">True to only tell what would be erased.</param>
public sealed record RetentionPolicy(int Days, bool IsDryRun);

/// <summary>Erases customers' data of issues that were resolved long ago, once a day, in one of all instances.</summary>
internal sealed partial class CustomerDataRetention(
    RetentionPolicy policy, IOrderIssueStore issues, ICustomerData data, CustomerDataEraser eraser, IssueStatuses statuses,
    IRecordStore store, TimeProvider time, ILogger<CustomerDataRetention> logger)
    : BackgroundService
{
    private const int PageSize = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new Lease(store, "retention", LeaseDuration, time).RunAsync(EraseDailyAsync, stoppingToken);

    private async Task EraseDailyAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                var erased = await EraseAsync(cancellationToken);
                if (policy.IsDryRun)
                {
                    LogDryRun(erased, policy.Days);
                }
                else
                {
                    LogErased(erased, policy.Days);
                }
            }
            catch (FailureException failure)
            {
                LogPutOff(failure.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <returns>Number of issues that had such data.</returns>
    private async Task<int> EraseAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().AddDays(-policy.Days);
        var erasure = new Erasure($"Retention:CustomerDataDays = {policy.Days}");
        var count = 0;
        for (EntityId? after = null; ;)
        {
            var page = await data.ListResolvedAsync(before, [.. statuses.Resolved], after, PageSize, cancellationToken);
            if (page.Count == 0)
            {
                return count;
            }

            var due = new List<EntityId>();
            foreach (var id in page)
            {
                if (await IsOverAsync(id, before, cancellationToken))
                {
                    due.Add(id);
                }
            }

            count += policy.IsDryRun ? due.Count : await EraseAsync(due, erasure, cancellationToken);
            after = page[^1];
        }
    }

    /// <summary>False for a merged issue that goes on in another one.</summary>
    private async Task<bool> IsOverAsync(EntityId id, DateTimeOffset before, CancellationToken cancellationToken) =>
        await issues.FindAsync(id, cancellationToken) is not { MergedInto: not null } merged
        || await IssueFinder.FindSurvivorAsync(merged, number => issues.FindHeadAsync(number, cancellationToken)) is not { } survivor
        || (statuses.IsResolved(survivor.Status) && survivor.IssueResolvedAt < before);

    private async Task<int> EraseAsync(IEnumerable<EntityId> due, Erasure erasure, CancellationToken cancellationToken)
    {
        var call = new ErasureCall(due.ToHashSet(), _ => erasure, By: null, Caller: null);
        return (await eraser.EraseAsync(call, cancellationToken)).Values.Count(issue => issue.IsChanged);
    }

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Erased customers' data of {Issues} issues that were resolved {Days} days ago or earlier")]
    private partial void LogErased(int issues, int days);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Would erase customers' data of {Issues} issues that were resolved {Days} days ago or earlier: Retention:DryRun is set")]
    private partial void LogDryRun(int issues, int days);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Customers' data is erased a day later: {Reason}")]
    private partial void LogPutOff(string reason);
}
