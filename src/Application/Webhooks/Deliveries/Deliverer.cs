using Microsoft.Extensions.Logging;
using OrderIssues.Application.Events;
using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Webhooks.Deliveries;

/// <summary>Delivers to an endpoint, and notes how it goes.</summary>
internal sealed partial class Deliverer(
    WebhookEndpoint endpoint,
    IWebhookSender sender,
    IEventFormat format,
    EndpointProgress progress,
    DeliveredLog delivered,
    DeliveryRecords records,
    TimeProvider time,
    ILogger<Deliverer> logger)
{
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private readonly Breaker breaker = new(time);

    /// <summary>False where the place isn't known yet, or the endpoint is disabled.</summary>
    private bool IsReady => progress.State is { Epoch: not null, IsDisabled: false };

    public void Restore() => breaker.Restore(progress.State.Pause);

    /// <summary>Delivers an event for the first time, or adds a record of what is to be tried again.</summary>
    public async Task DeliverAsync(IssueEvent issueEvent, CancellationToken cancellationToken)
    {
        DeliveryOutcome outcome;
        do
        {
            outcome = await SendAsync(issueEvent, await EnterAsync(cancellationToken), attempts: 0, cancellationToken);
        }
        while (outcome.IsGone);
        if (!outcome.Succeeded)
        {
            await records.AddAsync(NextOf(issueEvent, progress.State.Epoch!, 0, outcome)!);
        }
    }

    /// <summary>Takes a permit for a delivery; null while none may be made.</summary>
    public Permit? TryEnter()
    {
        // In this order, since an attempt that disables the endpoint gives its permit back afterwards.
        var permit = breaker.TryEnter();
        if (permit is null || IsReady)
        {
            return permit;
        }

        breaker.Exit(permit, outcome: null, isFresh: false);
        return null;
    }

    /// <summary>Makes one attempt.</summary>
    /// <param name="issueEvent">Event.</param>
    /// <param name="permit">Permit, which this gives back.</param>
    /// <param name="attempts">Number of attempts before.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<DeliveryOutcome> SendAsync(
        IssueEvent issueEvent, Permit permit, int attempts, CancellationToken cancellationToken)
    {
        DeliveryOutcome? outcome = null;
        var isDisabling = false;
        Pause? pause;
        try
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"evt_{issueEvent.Sequence}");
            outcome = await sender.SendAsync(endpoint, id, format.Write(issueEvent), cancellationToken);
            isDisabling = !outcome.Succeeded && progress.Fail(issueEvent.Sequence, outcome);
        }
        finally
        {
            pause = breaker.Exit(permit, outcome, isFresh: attempts == 0);
        }

        if (outcome.Succeeded)
        {
            progress.Succeeded();
            delivered.Add(new(
                issueEvent.Sequence, EventTypes.Of(issueEvent), time.GetUtcNow(), attempts + 1,
                (long)outcome.Duration.TotalMilliseconds));
        }
        else if (isDisabling)
        {
            LogDisabled(endpoint.Name, progress.State.DisabledReason!);
            await progress.SaveAsync();
        }
        else if (progress.Wait(pause))
        {
            LogPaused(endpoint.Name, pause!.Length, outcome.Error!);
        }

        return outcome;
    }

    /// <summary>Plans the next attempt; null after the last one.</summary>
    public FailingDelivery? NextOf(IssueEvent issueEvent, string epoch, int attempts, DeliveryOutcome outcome) =>
        RetrySchedule.Next(attempts + 1, outcome.RetryAfter) is not { } wait ? null : new()
        {
            Epoch = epoch,
            Sequence = issueEvent.Sequence,
            Type = EventTypes.Of(issueEvent),
            Attempts = attempts + 1,
            At = time.GetUtcNow(),
            Wait = wait,
            Error = outcome.Error,
        };

    /// <summary>Goes on where somebody enabled the endpoint.</summary>
    /// <returns>True where it isn't disabled.</returns>
    public async Task<bool> IsEnabledAsync()
    {
        if (progress.State.IsDisabled && await progress.IsEnabledAgainAsync())
        {
            Restore();
        }

        return IsReady;
    }

    private async Task<Permit> EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryEnter() is { } permit)
            {
                return permit;
            }

            await Task.Delay(Tick, time, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook {Name} fails, so that nothing is sent to it for {Pause}: {Error}")]
    private partial void LogPaused(string name, TimeSpan pause, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "The webhook {Name} is disabled until somebody enables it: {Reason}")]
    private partial void LogDisabled(string name, string reason);
}
