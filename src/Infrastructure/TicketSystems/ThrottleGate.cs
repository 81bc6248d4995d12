namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>The time in which a ticket system said that it takes no calls. Its limits are an account's or an app's, so that this holds for all tickets alike.</summary>
internal sealed class ThrottleGate(TimeProvider time)
{
    /// <summary>
    /// The limits are per minute (https://developers.freshdesk.com/api/#ratelimit), or to be met by waits of up to one
    /// (https://partner.tiktokshop.com/docv2/page/rate-limits): a longer pause would be nonsense.
    /// </summary>
    public static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    private readonly Lock key = new();
    private DateTimeOffset end;

    /// <summary>How long it still is; zero or less when there is none.</summary>
    public TimeSpan Left
    {
        get
        {
            lock (key)
            {
                return end - time.GetUtcNow();
            }
        }
    }

    /// <summary>Of several pauses at once, the one that ends last counts.</summary>
    public void Begin(TimeSpan asked)
    {
        var asksFor = time.GetUtcNow() + (asked < MaxPause ? asked : MaxPause);
        lock (key)
        {
            end = asksFor > end ? asksFor : end;
        }
    }
}
