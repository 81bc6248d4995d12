namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>Growing waits after refusals without <c>Retry-After</c>. Not thread-safe.</summary>
internal sealed class ThrottleBackOff
{
    private const int MaxDoublings = 6;

    private int doublings;
    private TimeSpan end;

    /// <summary>Doubles from one second, with jitter (https://partner.tiktokshop.com/docv2/page/rate-limits).</summary>
    public TimeSpan Next(TimeSpan now)
    {
        // Several refusals at the same moment double it once.
        if (end <= now)
        {
            var wait = TimeSpan.FromSeconds(Math.Pow(2, doublings));
            doublings = Math.Min(doublings + 1, MaxDoublings);
            wait = wait < RetryAfterHeader.MaxPause ? wait : RetryAfterHeader.MaxPause;

            // Whole milliseconds, as timers have them: one that ends before would be taken for a refusal at the same moment.
            end = now + TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds * (1 - (Random.Shared.NextDouble() / 2))));
        }

        return end - now;
    }

    public void Reset() => doublings = 0;
}
