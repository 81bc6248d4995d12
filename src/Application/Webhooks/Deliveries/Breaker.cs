namespace OrderIssues.Application.Webhooks.Deliveries;

/// <summary>Lets deliveries wait while a receiver fails, without an attempt being used up.</summary>
internal sealed class Breaker(TimeProvider time)
{
    /// <summary>Different events that fail in a row before it opens: one poisoned event never does it.</summary>
    private const int MaxFailures = 5;
    private static readonly TimeSpan MinPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(5);
    private readonly Lock sync = new();
    private int failures;
    private int underWay;
    private bool isHanging;
    private bool isProbing;
    private Pause? pause;

    /// <summary>Goes on as another process left it.</summary>
    public void Restore(Pause? stored)
    {
        lock (sync)
        {
            (pause, failures, isHanging) = (stored, 0, false);
        }
    }

    /// <summary>Takes a permit for one attempt; null while there is none.</summary>
    public Permit? TryEnter()
    {
        lock (sync)
        {
            // A receiver that hangs gets one at a time; one that failed gets a single probe.
            if (pause is null ? isHanging && underWay > 0 : isProbing || pause.IsOn(time.GetUtcNow()))
            {
                return null;
            }

            isProbing = pause is not null;
            underWay++;
            return new Permit(isProbing);
        }
    }

    /// <summary>Gives a permit back.</summary>
    /// <param name="permit">Permit.</param>
    /// <param name="outcome">Outcome of the attempt; null for none.</param>
    /// <param name="isFresh">True for an event's first attempt.</param>
    /// <returns>The pause that is on now.</returns>
    public Pause? Exit(Permit permit, DeliveryOutcome? outcome, bool isFresh)
    {
        lock (sync)
        {
            underWay--;
            isProbing &= !permit.IsProbe;
            if (outcome is { Succeeded: true })
            {
                (failures, isHanging, pause) = (0, false, null);
            }
            else if (outcome is not null)
            {
                isHanging = outcome.TimedOut;
                failures += isFresh ? 1 : 0;
                if (permit.IsProbe || (isFresh && pause is null && failures >= MaxFailures))
                {
                    var length = outcome.RetryAfter is not { } asked || asked < MinPause ? MinPause : asked < MaxPause ? asked : MaxPause;
                    pause = new(time.GetUtcNow() + length, length);
                }
            }

            return pause;
        }
    }
}

/// <summary>Permit for one attempt.</summary>
/// <param name="IsProbe">True where it decides whether others may follow.</param>
internal sealed record Permit(bool IsProbe);
