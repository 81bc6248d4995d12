namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>Waits that ticket systems ask for (RFC 9110 section 10.2.3).</summary>
internal static class RetryAfterHeader
{
    /// <summary>Longest wait between two attempts of a call; longer ones are left to the caller.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Limits are per minute (https://developers.freshdesk.com/api/#ratelimit), or met by waits of up to one
    /// (https://partner.tiktokshop.com/docv2/page/rate-limits): a longer pause would be nonsense.
    /// </summary>
    public static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    /// <summary>Reads the header, capped at <see cref="MaxPause"/>; null when the answer doesn't say.</summary>
    public static TimeSpan? RetryAfter(this HttpResponseMessage response, TimeProvider time)
    {
        var asked = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : null;
        return asked > MaxPause ? MaxPause : asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }
}
