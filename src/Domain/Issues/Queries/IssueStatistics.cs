namespace OrderIssues.Domain.Issues.Queries;

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
            MostFrequentSpelling(tallies),
            tallies.Sum(tally => tally.Issues),
            tallies.Sum(tally => tally.Units),
            tallies.Where(tally => !statuses.IsResolved(tally.Status)).Sum(tally => tally.Issues),
            timed == 0 ? null : TimeSpan.FromMilliseconds(tallies.Sum(tally => tally.MillisecondsToResolve) / timed));
    }

    private static string? MostFrequentSpelling(List<IssueTally> tallies) => tallies
        .GroupBy(Trimmed)
        .OrderByDescending(spelling => spelling.Sum(tally => tally.Issues))
        .ThenBy(spelling => spelling.Key, StringComparer.Ordinal)
        .First().Key;

    private static string? Trimmed(IssueTally tally) => tally.Value?.Trim() is { Length: > 0 } value ? value : null;
}

/// <summary>Issues that have the same value of a field.</summary>
/// <param name="Key">The value, as it is written most often; null: they have none.</param>
/// <param name="Issues">How many there are.</param>
/// <param name="Units">The sum of their quantities; where the value is a SKU, of its own.</param>
/// <param name="Open">How many of them aren't resolved.</param>
/// <param name="TimeToResolve">How long those that are resolved took, on average; null where none is.</param>
public sealed record IssueGroup(string? Key, long Issues, long Units, long Open, TimeSpan? TimeToResolve);
