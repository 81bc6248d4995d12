namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Counts by value, regardless of case and outer blanks.</summary>
public sealed record IssueStatistics
{
    private IssueStatistics(long issues, long units, IReadOnlyList<IssueGroup> groups)
    {
        Issues = issues;
        Units = units;
        Groups = groups;
    }

    /// <summary>Number of issues, each counted once.</summary>
    public long Issues { get; }

    /// <summary>Sum of the quantities of all their items.</summary>
    public long Units { get; }

    /// <summary>Groups, the largest first.</summary>
    public IReadOnlyList<IssueGroup> Groups { get; }

    public static IssueStatistics Of(IReadOnlyCollection<IssueTally> tallies, IssueStatuses statuses)
    {
        var groups = tallies.GroupBy(tally => Trimmed(tally)?.ToLowerInvariant()).Select(group => GroupOf([.. group], statuses));
        return new(
            tallies.Sum(tally => tally.IssuesOfTotal),
            tallies.Sum(tally => tally.Units),
            [
                .. groups.OrderByDescending(group => group.Issues)
                    .ThenBy(group => group.Key is null)
                    .ThenBy(group => group.Key, StringComparer.Ordinal),
            ]);
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

/// <summary>Issues with the same value.</summary>
/// <param name="Key">Value in its most frequent spelling; null where the issues have none.</param>
/// <param name="Issues">Number of issues.</param>
/// <param name="Units">Sum of quantities; for a SKU, of its own.</param>
/// <param name="Open">Number of unresolved issues.</param>
/// <param name="TimeToResolve">Average time to resolve; null where none is resolved.</param>
public sealed record IssueGroup(string? Key, long Issues, long Units, long Open, TimeSpan? TimeToResolve);
