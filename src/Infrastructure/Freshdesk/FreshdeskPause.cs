namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>The time in which Freshdesk said that it takes no calls. Its limits are an account's, so that this holds for all tickets alike.</summary>
internal sealed class FreshdeskPause(TimeProvider time)
{
    /// <summary>The limits are per minute (https://developers.freshdesk.com/api/#ratelimit): a longer pause would be nonsense.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

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
        var asksFor = time.GetUtcNow() + (asked < Longest ? asked : Longest);
        lock (key)
        {
            end = asksFor > end ? asksFor : end;
        }
    }
}
