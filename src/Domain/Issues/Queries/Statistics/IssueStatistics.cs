namespace OrderIssues.Domain.Issues.Queries.Statistics;

/// <summary>Issues, counted by the values of a field. Values that differ only in case or in blanks around them are one, since people type them.</summary>
public sealed record IssueStatistics
{
    private IssueStatistics(long issues, long units, IReadOnlyList<IssueGroup> groups)
    {
        Issues = issues;
        Units = units;
        Groups = groups;
    }

    /// <summary>How many issues there are, each counted once.</summary>
    public long Issues { get; }

    /// <summary>The sum of the quantities of all their items.</summary>
    public long Units { get; }

    /// <summary>Those with the most issues first.</summary>
    public IReadOnlyList<IssueGroup> Groups { get; }

    public static IssueStatistics Of(IReadOnlyCollection<IssueTally> tallies, IssueStatuses statuses)
    {
        var groups = tallies.GroupBy(tally => Trimmed(tally)?.ToLowerInvariant()).Select(group => GroupOf([.. group], statuses));
        return new(
            tallies.Sum(tally => tally.IssuesOfTotal),
            tallies.Sum(tally => tally.Units),
            [.. groups.OrderByDescending(group => group.Issues).ThenBy(group => group.Key is null).ThenBy(group => group.Key, StringComparer.Ordinal)]);
    }

    private static IssueGroup GroupOf(List<IssueTally> tallies, IssueStatuses statuses)
    {
        var timed = tallies.Sum(tally => tally.Timed);
        return new(
            MostOften(tallies),
            tallies.Sum(tally => tally.Issues),
            tallies.Sum(tally => tally.Units),
            tallies.Where(tally => !statuses.IsResolved(tally.Status)).Sum(tally => tally.Issues),
            timed == 0 ? null : TimeSpan.FromMilliseconds(tallies.Sum(tally => tally.MillisecondsToResolve) / timed));
    }

    private static string? MostOften(List<IssueTally> tallies) => tallies
        .GroupBy(Trimmed)
        .OrderByDescending(spelling => spelling.Sum(tally => tally.Issues))
        .ThenBy(spelling => spelling.Key, StringComparer.Ordinal)
        .First().Key;

    private static string? Trimmed(IssueTally tally) => tally.Value?.Trim() is { Length: > 0 } value ? value : null;
}
