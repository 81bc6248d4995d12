namespace OrderIssues.Application.Webhooks.Deliveries;

/// <summary>Waits between the attempts of a delivery.</summary>
internal static class RetrySchedule
{
    private const double Jitter = 0.1;
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromDays(1);

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>Chooses the wait after so many attempts; null after the last one.</summary>
    public static TimeSpan? Next(int attempts, TimeSpan? retryAfter)
    {
        if (attempts > Waits.Length)
        {
            return null;
        }

        var wait = Waits[attempts - 1] * (1 - Jitter + (2 * Jitter * Random.Shared.NextDouble()));
        var asked = retryAfter > MaxRetryAfter ? MaxRetryAfter : retryAfter;
        return asked > wait ? asked * (1 + (Jitter * Random.Shared.NextDouble())) : wait;
    }
}
