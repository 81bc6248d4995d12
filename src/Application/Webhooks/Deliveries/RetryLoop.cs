using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrderIssues.Application.Common.Records;
using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Webhooks.Deliveries;

/// <summary>Makes the attempts that are due, a few at a time.</summary>
internal sealed partial class RetryLoop(
    WebhookEndpoint endpoint, IEventLog log, Deliverer deliverer, DeliveryRecords records, TimeProvider time, ILogger<RetryLoop> logger)
{
    private const int MaxUnderWay = 3;
    private const int PageSize = 500;
    private static readonly TimeSpan ClockCheckInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Task> underWay = [];
    private DateTimeOffset checkedAt;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        checkedAt = default;
        try
        {
            while (true)
            {
                try
                {
                    await StartDueAsync(cancellationToken);
                    await Task.WhenAny([.. underWay.Values, Task.Delay(Deliverer.Tick, time, cancellationToken)]);
                    await EndCompletedAsync();
                }
                catch (FailureException failure)
                {
                    LogUnavailable(endpoint.Name, failure.Message);
                    await Task.Delay(PauseAfterFailure, time, cancellationToken);
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await Task.WhenAll(underWay.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            underWay.Clear();
        }
    }

    private async Task StartDueAsync(CancellationToken cancellationToken)
    {
        if (!await deliverer.IsEnabledAsync())
        {
            return;
        }

        var now = time.GetUtcNow();
        if (now < checkedAt || now - checkedAt >= ClockCheckInterval)
        {
            await HurryAsync();
            checkedAt = now;
        }

        var due = await records.Pending.ListDueAsync(now, MaxUnderWay + underWay.Count);
        var epoch = due.Count == 0 ? null : (await log.GetRangeAsync(cancellationToken)).Epoch;
        foreach (var record in due)
        {
            if (underWay.ContainsKey(record.Key) || await FindEventAsync(record, epoch, cancellationToken) is not { } issueEvent)
            {
                continue;
            }

            if (underWay.Count == MaxUnderWay || deliverer.TryEnter() is not { } permit)
            {
                break;
            }

            underWay[record.Key] = RetryAsync(record, issueEvent, permit, cancellationToken);
        }
    }

    /// <summary>Makes deliveries due that are farther off, once they are read, than their own wait: the clock was moved back.</summary>
    private async Task HurryAsync()
    {
        string? last = null;
        do
        {
            var page = await records.Pending.ListAsync(last, PageSize);
            foreach (var record in page.Where(record => record.DueAt - time.GetUtcNow() > record.Value.Wait))
            {
                await records.Pending.PutIfVersionAsync(record with { DueAt = time.GetUtcNow() });
            }

            last = page.Count == PageSize ? page[^1].Key : null;
        }
        while (last is not null);
    }

    /// <summary>Finds the event of a delivery, or gives the delivery up.</summary>
    private async Task<IssueEvent?> FindEventAsync(Record<FailingDelivery> record, string? epoch, CancellationToken cancellationToken)
    {
        var delivery = record.Value;
        if (delivery.Epoch == epoch && await log.ReadAsync(delivery.Sequence - 1, 1, cancellationToken) is [var found]
            && found.Sequence == delivery.Sequence)
        {
            return found;
        }

        await records.GiveUpAsync(record, delivery with { At = time.GetUtcNow(), Error = "The log of events has it no longer." });
        return null;
    }

    private async Task RetryAsync(
        Record<FailingDelivery> record, IssueEvent issueEvent, Permit permit, CancellationToken cancellationToken)
    {
        var delivery = record.Value;
        var outcome = await deliverer.SendAsync(issueEvent, permit, delivery.Attempts, cancellationToken);
        if (outcome.Succeeded)
        {
            await records.Pending.RemoveAsync(record);
        }
        else if (outcome.IsGone)
        {
            return; // It is tried again once the endpoint is enabled.
        }
        else if (deliverer.NextOf(issueEvent, delivery.Epoch, delivery.Attempts, outcome) is { } next)
        {
            await records.Pending.PutIfVersionAsync(record with { Value = next, DueAt = next.At + next.Wait });
        }
        else
        {
            LogGivenUp(endpoint.Name, delivery.Sequence, outcome.Error!);
            await records.GiveUpAsync(
                record, delivery with { Attempts = delivery.Attempts + 1, At = time.GetUtcNow(), Error = outcome.Error });
        }
    }

    private async Task EndCompletedAsync()
    {
        foreach (var (key, task) in underWay.Where(entry => entry.Value.IsCompleted).ToList())
        {
            underWay.Remove(key, out _);
            await task;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deliveries to the webhook {Name} wait: {Reason}")]
    private partial void LogUnavailable(string name, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The webhook {Name} didn't get the event {Sequence}, nor will it: {Error}")]
    private partial void LogGivenUp(string name, long sequence, string error);
}
