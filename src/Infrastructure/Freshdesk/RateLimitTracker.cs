using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>
/// How many calls Freshdesk still takes in this minute, as it says with each answer. The limit is the whole account's
/// (https://developers.freshdesk.com/api/#ratelimit): the last calls are left to its agents and their other tools.
/// </summary>
/// <param name="floor">When fewer than these are left, no more calls are made.</param>
/// <param name="pause">Begins then, until the minute is over in which that was said.</param>
/// <param name="time">The time.</param>
internal sealed class RateLimitTracker(int floor, ThrottleGate pause, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Who waits for an answer that doesn't come would run out of time for its own.</summary>
    private static readonly TimeSpan TurnTimeout = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim alone = new(1);
    private readonly Lock key = new();
    private DateTimeOffset minuteEnds;
    private decimal left;
    private decimal underWay;
    private decimal cost = 1;

    private bool IsKnown
    {
        get
        {
            lock (key)
            {
                return time.GetUtcNow() < minuteEnds;
            }
        }
    }

    /// <summary>While nobody knows what is left, calls go one at a time: the first may find that it is nothing.</summary>
    /// <returns>What ends the turn; null where there need be none, or it doesn't come soon.</returns>
    public async Task<IDisposable?> TurnAsync(CancellationToken cancellationToken)
    {
        if (IsKnown)
        {
            return null;
        }

        if (!await alone.WaitAsync(TurnTimeout, cancellationToken))
        {
            return null;
        }

        var turn = new Turn(alone);
        if (!IsKnown)
        {
            return turn;
        }

        turn.Dispose();
        return null;
    }

    /// <summary>Takes a call out, before it is made: calls at the same time must not each take what is left.</summary>
    /// <param name="wait">How long it must not be made, where it must not.</param>
    /// <returns>What it is taken to cost, by what the last one did; null: it must not be made.</returns>
    public decimal? Take(out TimeSpan wait)
    {
        lock (key)
        {
            wait = minuteEnds - time.GetUtcNow();
            if (wait > TimeSpan.Zero && left < floor)
            {
                pause.Begin(wait);
                return null;
            }

            // It counts until Freshdesk says otherwise: also a call that nothing came back from.
            left -= cost;
            underWay += cost;
            return cost;
        }
    }

    /// <param name="taken">What <see cref="Take"/> gave.</param>
    /// <param name="said">What the answer says; null where there is none.</param>
    public void Settle(decimal taken, RateLimit? said)
    {
        lock (key)
        {
            underWay -= taken;
            if (said is null)
            {
                return;
            }

            // Whether Freshdesk has counted those under way isn't known.
            cost = said.Cost ?? cost;
            left = said.Left - underWay;
            var rest = said.EndsIn ?? Minute;
            minuteEnds = time.GetUtcNow() + rest;
            if (said.Left < floor)
            {
                pause.Begin(rest);
            }
        }
    }

    public void Dispose() => alone.Dispose();

    private sealed class Turn(SemaphoreSlim alone) : IDisposable
    {
        public void Dispose() => alone.Release();
    }
}
