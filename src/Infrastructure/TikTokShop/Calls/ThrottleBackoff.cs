using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.TikTokShop.Calls;

/// <summary>
/// How long to wait each time that TikTok Shop takes no calls, since it doesn't say: a second, doubled each time, less a random part of up to a half
/// (https://partner.tiktokshop.com/docv2/page/rate-limits). Its limits are an app's and a shop's, so that this counts for all calls alike.
/// </summary>
internal sealed class ThrottleBackoff(TimeProvider time)
{
    /// <summary>By then it is more than a minute.</summary>
    private const int MaxDoublings = 6;

    private readonly Lock key = new();
    private int times;
    private DateTimeOffset end;

    /// <summary>From now on. Calls that were under way together count as one time.</summary>
    public TimeSpan Next()
    {
        lock (key)
        {
            var now = time.GetUtcNow();
            if (end <= now)
            {
                var wait = TimeSpan.FromSeconds(Math.Pow(2, times));
                times = Math.Min(times + 1, MaxDoublings);
                end = now + ((wait < ThrottleGate.MaxPause ? wait : ThrottleGate.MaxPause) * (1 - (Random.Shared.NextDouble() / 2)));
            }

            return end - now;
        }
    }

    /// <summary>It takes calls.</summary>
    public void Reset()
    {
        lock (key)
        {
            times = 0;
        }
    }
}
