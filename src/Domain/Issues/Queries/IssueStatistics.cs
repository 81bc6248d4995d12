namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Counts of issues by the values of one or two fields.</summary>
public sealed record IssueStatistics
{
    private IssueStatistics(long issues, long units, IReadOnlyList<Cost> cost, IReadOnlyList<IssueGroup> groups)
    {
        Issues = issues;
        Units = units;
        Cost = cost;
        Groups = groups;
    }

    /// <summary>Number of issues, each counted once.</summary>
    public long Issues { get; }

    /// <summary>Sum of the quantities of all their items.</summary>
    public long Units { get; }

    /// <summary>Sums of the costs that are known, a currency each.</summary>
    public IReadOnlyList<Cost> Cost { get; }

    /// <summary>Groups, the largest first.</summary>
    public IReadOnlyList<IssueGroup> Groups { get; }

    public static IssueStatistics Of(IReadOnlyCollection<IssueTally> tallies, IReadOnlyList<IssueField> by, IssueStatuses statuses)
    {
        var spellings = by.Select((field, i) => tallies
            .GroupBy(tally => field.Fold(tally.Values[i]) ?? "")
            .ToDictionary(same => same.Key, same => MostFrequentSpelling(same, i, field))).ToList();
        var groups = tallies
            .GroupBy(tally => by.Select((field, i) => field.Fold(tally.Values[i])).ToArray(), new ValuesComparer())
            .Select(group => GroupOf([.. group], [.. group.Key.Select((value, i) => spellings[i][value ?? ""])], statuses));
        return new(
            tallies.Sum(tally => tally.IssuesOfTotal),
            tallies.Sum(tally => tally.UnitsOfTotal),
            CostsOf(tallies, tally => tally.CostOfTotal),
            [
                .. groups.OrderByDescending(group => group.Issues)
                    .ThenBy(group => group.Keys.All(key => key is null))
                    .ThenBy(group => string.Join('\0', group.Keys), StringComparer.Ordinal),
            ]);
    }

    private static IssueGroup GroupOf(List<IssueTally> tallies, IReadOnlyList<string?> keys, IssueStatuses statuses)
    {
        var timed = tallies.Sum(tally => tally.Timed);
        return new(
            keys,
            tallies.Sum(tally => tally.Issues),
            tallies.Sum(tally => tally.Units),
            tallies.Where(tally => !statuses.IsResolved(tally.Status)).Sum(tally => tally.Issues),
            timed == 0 ? null : TimeSpan.FromMilliseconds(tallies.Sum(tally => tally.MillisecondsToResolve) / timed),
            CostsOf(tallies, tally => tally.Cost));
    }

    private static IReadOnlyList<Cost> CostsOf(IEnumerable<IssueTally> tallies, Func<IssueTally, decimal> amountOf) =>
    [
        .. from tally in tallies
           where tally.Currency is not null
           group amountOf(tally) by tally.Currency into amounts
           orderby amounts.Key
           select new Cost(amounts.Sum(), amounts.Key),
    ];

    private static string? MostFrequentSpelling(IEnumerable<IssueTally> tallies, int index, IssueField field) => tallies
        .GroupBy(tally => field.Clean(tally.Values[index]))
        .OrderByDescending(spelling => spelling.Sum(tally => tally.Issues))
        .ThenBy(spelling => spelling.Key, StringComparer.Ordinal)
        .First().Key;

    private sealed class ValuesComparer : IEqualityComparer<string?[]>
    {
        public bool Equals(string?[]? one, string?[]? other) => one.AsSpan().SequenceEqual(other);

        public int GetHashCode(string?[] values) => values.Aggregate(0, HashCode.Combine);
    }
}

/// <summary>Issues with the same values.</summary>
/// <param name="Keys">Values in the spelling most frequent in all groups, a field an element; null where the issues have none.</param>
/// <param name="Issues">Number of issues.</param>
/// <param name="Units">Sum of quantities; for a SKU, of its own.</param>
/// <param name="Open">Number of unresolved issues.</param>
/// <param name="TimeToResolve">Average time to resolve; null where none is resolved.</param>
/// <param name="Cost">Sums of the costs that are known, a currency each.</param>
public sealed record IssueGroup(
    IReadOnlyList<string?> Keys, long Issues, long Units, long Open, TimeSpan? TimeToResolve, IReadOnlyList<Cost> Cost)
{
    /// <summary>Value of the only field; null for two fields.</summary>
    public string? Key => Keys is [var key] ? key : null;
}
