namespace OrderIssues.Domain;

/// <summary>Stores keep milliseconds: a time that is cut to them equals what a later read gives.</summary>
internal static class Milliseconds
{
    public static DateTimeOffset ToMilliseconds(this DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    public static DateTimeOffset? ToMilliseconds(this DateTimeOffset? time) => time is { } known ? known.ToMilliseconds() : null;
}
