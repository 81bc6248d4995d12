namespace OrderIssues.Domain;

/// <summary>Cuts times to the milliseconds that stores keep.</summary>
internal static class Milliseconds
{
    public static DateTimeOffset ToMilliseconds(this DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    public static DateTimeOffset? ToMilliseconds(this DateTimeOffset? time) => time is { } known ? known.ToMilliseconds() : null;
}
