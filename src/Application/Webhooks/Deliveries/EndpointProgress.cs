using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Webhooks.Deliveries;

/// <summary>State of an endpoint in the process that delivers to it, stored every second.</summary>
internal sealed class EndpointProgress(WebhookEndpoint endpoint, EndpointStates states, TimeProvider time)
{
    /// <summary>Time without a success after which an endpoint is disabled.</summary>
    private static readonly TimeSpan MaxFailing = TimeSpan.FromDays(5);
    private readonly Lock sync = new();
    private EndpointState state = new();
    private EndpointState? saved;

    public EndpointState State
    {
        get
        {
            lock (sync)
            {
                return state;
            }
        }
    }

    /// <summary>Goes on from the stored place, if it is one of this log; a new endpoint begins at the end.</summary>
    public async Task LoadAsync(EventLogRange range)
    {
        var stored = await states.FindAsync(endpoint) ?? new EndpointState();
        var now = time.GetUtcNow();
        Change(mine =>
        {
            var known = mine.Epoch == stored.Epoch ? stored with { Place = Math.Max(mine.Place, stored.Place) } : stored;
            return known.Epoch == range.Epoch && known.Place <= range.Latest ? AfterGap(known, range.Oldest)
                : known with { Epoch = range.Epoch, Place = range.Latest, LogReplacedAt = known.Epoch is null ? null : now };
        });
        await SaveAsync();
    }

    /// <summary>Skips what the log has no longer.</summary>
    public void SkipTo(long oldest) => Change(mine => AfterGap(mine, oldest));

    public void MoveTo(long place) => Change(mine => mine with { Place = place });

    public void Succeeded() =>
        Change(mine => mine with { LastSuccessAt = time.GetUtcNow(), FailingSince = null, Pause = null });

    /// <summary>Notes a failure, and disables the endpoint where it was the last one.</summary>
    public async Task FailAsync(long sequence, DeliveryOutcome outcome, Pause? pause)
    {
        var now = time.GetUtcNow();
        Change(mine => mine with
        {
            LastError = new(sequence, now, outcome.Error!),
            FailingSince = mine.FailingSince <= now ? mine.FailingSince : now,
            Pause = pause,
        });
        var reason = outcome.IsGone ? "The receiver wants no more events."
            : now - State.FailingSince >= MaxFailing ? $"Nothing could be delivered for {MaxFailing.Days} days." : null;
        if (reason is not null)
        {
            Change(mine => mine with { DisabledAt = now, DisabledReason = reason, Pause = null });
            await SaveAsync();
        }
    }

    /// <summary>Takes note that somebody enabled the endpoint.</summary>
    public async Task<bool> IsEnabledAgainAsync()
    {
        if (await states.FindAsync(endpoint) is not { IsDisabled: false } stored)
        {
            return false;
        }

        Change(mine => stored with { Place = mine.Place });
        return true;
    }

    public async Task SaveAsync()
    {
        var mine = State;
        if (mine != saved && mine.Epoch is not null)
        {
            // Another process that delivers by now may be further on.
            await states.UpdateAsync(endpoint, stored =>
                stored.Epoch == mine.Epoch && stored.Place > mine.Place ? mine with { Place = stored.Place } : mine);
            saved = mine;
        }
    }

    private static EndpointState AfterGap(EndpointState state, long oldest) => state.Place + 1 >= oldest
        ? state : state with { Place = oldest - 1, Missed = state.Missed + oldest - 1 - state.Place };

    private void Change(Func<EndpointState, EndpointState> change)
    {
        lock (sync)
        {
            state = change(state);
        }
    }
}
