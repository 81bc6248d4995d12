namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>Waits for a system that refuses calls without saying for how long. Not thread-safe.</summary>
internal sealed class ThrottleBackOff
{
    /// <summary>Doublings that reach <see cref="RetryAfterHeader.MaxPause"/>.</summary>
    private const int MaxDoublings = 6;

    private int doublings;
    private DateTimeOffset end;

    /// <summary>Doubles a second each time, less up to half at random (https://partner.tiktokshop.com/docv2/page/rate-limits).</summary>
    public TimeSpan Next(DateTimeOffset now)
    {
        // Calls refused together double it once.
        if (end <= now)
        {
            var wait = TimeSpan.FromSeconds(Math.Pow(2, doublings));
            doublings = Math.Min(doublings + 1, MaxDoublings);
            wait = wait < RetryAfterHeader.MaxPause ? wait : RetryAfterHeader.MaxPause;
            end = now + (wait * (1 - (Random.Shared.NextDouble() / 2)));
        }

        return end - now;
    }

    /// <summary>Begins at a second again.</summary>
    public void Reset() => doublings = 0;
}
