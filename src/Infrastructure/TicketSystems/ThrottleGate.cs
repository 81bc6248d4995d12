namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>Gate of all calls to one ticket system.</summary>
/// <remarks>The floor is calls a minute to leave to others; 0 where the system doesn't say how many are left.</remarks>
internal sealed class ThrottleGate(int floor, TicketSystemErrors errors, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    /// <summary>Longest wait for the answer of the probe.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim probe = new(1);
    private readonly Lock sync = new();
    private readonly ThrottleBackOff backOff = new();
    private readonly long start = time.GetTimestamp();
    private TimeSpan pausedUntil;
    private TimeSpan knownUntil;
    private decimal callsLeft;
    private decimal costInFlight;
    private decimal lastCost = 1;

    /// <summary>Time left; zero or less without a pause.</summary>
    public TimeSpan PauseLeft
    {
        get
        {
            lock (sync)
            {
                return pausedUntil - Now;
            }
        }
    }

    /// <summary>Calls left in this minute; null where the system doesn't say, or said it too long ago.</summary>
    public decimal? CallsLeft
    {
        get
        {
            lock (sync)
            {
                return floor > 0 && Now < knownUntil ? Math.Max(callsLeft, 0) : null;
            }
        }
    }

    /// <summary>Time since the start, which no set clock changes.</summary>
    private TimeSpan Now => time.GetElapsedTime(start);

    private bool MustProbe()
    {
        lock (sync)
        {
            return floor > 0 && Now >= knownUntil && Now >= pausedUntil;
        }
    }

    /// <summary>Begins a call; while limits are unknown, one at a time.</summary>
    /// <exception cref="FailureException">The system takes no calls for now.</exception>
    public async Task<Call> EnterAsync(CancellationToken cancellationToken)
    {
        var isProbe = MustProbe() && await probe.WaitAsync(ProbeTimeout, cancellationToken);
        if (isProbe && !MustProbe())
        {
            probe.Release();
            isProbe = false;
        }

        lock (sync)
        {
            var now = Now;
            if (now < knownUntil && callsLeft < floor)
            {
                PauseUntil(knownUntil);
            }

            if (now >= pausedUntil)
            {
                // Counted as spent until an answer gives the real number.
                callsLeft -= lastCost;
                costInFlight += lastCost;
                return new Call(this, lastCost, isProbe);
            }

            if (isProbe)
            {
                probe.Release();
            }

            throw errors.Throttled(pausedUntil - now);
        }
    }

    public void Dispose() => probe.Dispose();

    private TimeSpan? Settle(decimal cost, ThrottleSignal signal)
    {
        lock (sync)
        {
            var now = Now;
            TimeSpan? wait = signal.IsRefused ? signal.RetryAfter ?? backOff.Next(now) : null;
            if (wait is null)
            {
                backOff.Reset();
            }

            costInFlight -= cost;
            lastCost = signal.Cost ?? lastCost;
            var announced = signal.IsRefused ? 0 : signal.CallsLeft ?? decimal.MaxValue;
            if (floor > 0)
            {
                // The answer may or may not have counted the calls in flight.
                callsLeft = announced - costInFlight;
                knownUntil = now + (wait ?? Minute);
            }

            if (announced < floor || wait > RetryAfterHeader.MaxWait)
            {
                PauseUntil(now + (wait ?? Minute));
            }

            return wait;
        }
    }

    private void PauseUntil(TimeSpan end) => pausedUntil = end > pausedUntil ? end : pausedUntil;

    internal sealed class Call(ThrottleGate gate, decimal cost, bool isProbe) : IDisposable
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
            lock (gate.sync)
            {
                gate.costInFlight -= unsettled;
            }

            if (isProbe)
            {
                gate.probe.Release();
            }
        }
    }
}
