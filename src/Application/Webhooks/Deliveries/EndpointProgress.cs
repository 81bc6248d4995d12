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
    private long failedAt;

    private SemaphoreSlim Saving { get; } = new(1);

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
        failedAt = time.GetTimestamp();
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
        Change(mine => mine with { LastSuccessAt = time.GetUtcNow(), FailingSince = null, FailingFor = TimeSpan.Zero, Pause = null });

    /// <summary>Notes a failure, and disables the endpoint where it was the last one.</summary>
    /// <returns>True where this disabled it.</returns>
    public bool Fail(long sequence, DeliveryOutcome outcome)
    {
        var now = time.GetUtcNow();
        var wasDisabled = false;
        Change(mine =>
        {
            wasDisabled = mine.IsDisabled;

            // A clock that is moved ahead mustn't disable it, nor a time in which nothing ran.
            var failingFor = mine.FailingSince is null ? TimeSpan.Zero : mine.FailingFor + time.GetElapsedTime(failedAt);
            failedAt = time.GetTimestamp();
            var reason = outcome.IsGone ? "The receiver wants no more events."
                : failingFor >= MaxFailing ? $"Nothing could be delivered for {MaxFailing.Days} days." : null;
            var failing = mine with
            {
                LastError = new(sequence, now, outcome.Error!),
                FailingSince = mine.FailingSince ?? now,
                FailingFor = failingFor,
            };
            return wasDisabled || reason is null ? failing : failing with { DisabledAt = now, DisabledReason = reason, Pause = null };
        });
        return !wasDisabled && State.IsDisabled;
    }

    /// <summary>Notes that nothing is sent for a while.</summary>
    /// <returns>True where this began it.</returns>
    public bool Wait(Pause? pause)
    {
        var begins = false;
        Change(mine =>
        {
            begins = mine is { Pause: null, IsDisabled: false } && pause is not null;
            return mine.IsDisabled ? mine : mine with { Pause = pause };
        });
        return begins;
    }

    /// <summary>Takes note that somebody enabled the endpoint.</summary>
    public async Task<bool> IsEnabledAgainAsync()
    {
        await Saving.WaitAsync();
        try
        {
            // Until it is stored that it is disabled, nobody can have enabled it.
            if (saved is not { IsDisabled: true } || await states.FindAsync(endpoint) is not { IsDisabled: false } stored)
            {
                return false;
            }

            saved = stored;
            Change(mine => stored with { Place = mine.Place });
            return true;
        }
        finally
        {
            Saving.Release();
        }
    }

    public async Task SaveAsync()
    {
        await Saving.WaitAsync();
        try
        {
            var mine = State;
            if (mine != saved && mine.Epoch is not null)
            {
                // Another process that delivers by now may be further on, and somebody may have enabled the endpoint.
                await states.UpdateAsync(endpoint, stored =>
                    mine.IsDisabled && saved is { IsDisabled: true } && !stored.IsDisabled ? stored
                    : stored.Epoch == mine.Epoch && stored.Place > mine.Place ? mine with { Place = stored.Place }
                    : mine);
                saved = mine;
            }
        }
        finally
        {
            Saving.Release();
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
