namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>Reads <c>Retry-After</c> (RFC 9110 section 10.2.3).</summary>
internal static class RetryAfterHeader
{
    /// <summary>Longest wait between two attempts of a call.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);
    /// <summary>Longest credible pause: limits are per minute (https://developers.freshdesk.com/api/#ratelimit).</summary>
    public static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    /// <summary>Gets the wait, capped at <see cref="MaxPause"/>; null when absent.</summary>
    public static TimeSpan? RetryAfter(this HttpResponseMessage response, TimeProvider time)
    {
        var asked = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : null;
        return asked > MaxPause ? MaxPause : asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }
}
