namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>Gate of all calls to one ticket system.</summary>
/// <remarks>The floor is calls a minute to leave to others; 0 where the system doesn't say how many are left.</remarks>
internal sealed class ThrottleGate(int floor, TicketSystemErrors errors, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Limits waits behind a call without an answer.</summary>
    private static readonly TimeSpan TurnTimeout = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim turn = new(1);
    private readonly Lock key = new();
    private readonly ThrottleBackOff backOff = new();
    private DateTimeOffset pausedUntil;
    private DateTimeOffset knownUntil;
    private decimal left;
    private decimal underWay;
    private decimal lastCost = 1;

    /// <summary>Time left; zero or less without a pause.</summary>
    public TimeSpan PauseLeft
    {
        get
        {
            lock (key)
            {
                return pausedUntil - time.GetUtcNow();
            }
        }
    }

    private bool MustTakeTurns
    {
        get
        {
            lock (key)
            {
                var now = time.GetUtcNow();
                return floor > 0 && now >= knownUntil && now >= pausedUntil;
            }
        }
    }

    /// <summary>Begins a call, queued while limits are unknown.</summary>
    /// <exception cref="FailureException">The system takes no calls for now.</exception>
    public async Task<Call> EnterAsync(CancellationToken cancellationToken)
    {
        var hasTurn = MustTakeTurns && await turn.WaitAsync(TurnTimeout, cancellationToken);
        if (hasTurn && !MustTakeTurns)
        {
            turn.Release();
            hasTurn = false;
        }

        lock (key)
        {
            var now = time.GetUtcNow();
            if (now < knownUntil && left < floor)
            {
                PauseUntil(knownUntil);
            }

            if (now >= pausedUntil)
            {
                // Counted until an answer says otherwise, even when none ever comes.
                left -= lastCost;
                underWay += lastCost;
                return new Call(this, lastCost, hasTurn);
            }

            if (hasTurn)
            {
                turn.Release();
            }

            throw errors.Limited(pausedUntil - now);
        }
    }

    public void Dispose() => turn.Dispose();

    private TimeSpan? Settle(decimal cost, ThrottleSignal signal)
    {
        lock (key)
        {
            var now = time.GetUtcNow();
            TimeSpan? wait = signal.IsRefused ? signal.RetryAfter ?? backOff.Next(now) : null;
            if (wait is null)
            {
                backOff.Reset();
            }

            underWay -= cost;
            lastCost = signal.Cost ?? lastCost;
            var callsLeft = signal.IsRefused ? 0 : signal.CallsLeft ?? decimal.MaxValue;
            if (floor > 0)
            {
                // The answer may or may not have counted the calls under way.
                left = callsLeft - underWay;
                knownUntil = now + (wait ?? Minute);
            }

            if (callsLeft < floor || wait > RetryAfterHeader.MaxWait)
            {
                PauseUntil(now + (wait ?? Minute));
            }

            return wait;
        }
    }

    private void PauseUntil(DateTimeOffset end) => pausedUntil = end > pausedUntil ? end : pausedUntil;

    internal sealed class Call(ThrottleGate gate, decimal cost, bool hasTurn) : IDisposable
    {
        private decimal unsettled = cost;

        /// <returns>Time until the system takes calls again; null when it takes them now.</returns>
        public TimeSpan? Settle(ThrottleSignal signal)
        {
            var wait = gate.Settle(unsettled, signal);
            unsettled = 0;
            return wait;
        }

        public void Dispose()
        {
            lock (gate.key)
            {
                gate.underWay -= unsettled;
            }

            if (hasTurn)
            {
                gate.turn.Release();
            }
        }
    }
}
