using OrderIssues.Soak.Audits;

namespace OrderIssues.Soak.Calls;

/// <summary>Latest issues of one caller, which alone changes them.</summary>
internal sealed class OwnIssues(string name)
{
    private const int Max = 8;
    private readonly List<KnownIssue> issues = [];

    public string Name { get; } = name;

    public bool IsEmpty => issues.Count == 0;

    public void Add(KnownIssue issue)
    {
        issues.Add(issue);
        if (issues.Count > Max)
        {
            Remove(issues[0].OrderId);
        }
    }

    /// <summary>Leaves the issues of an order as they are from now on.</summary>
    public void Remove(string orderId) => issues.RemoveAll(issue => issue.OrderId == orderId);

    public KnownIssue Any() => issues[Random.Shared.Next(issues.Count)];

    /// <summary>Gets an issue that is the only one of its order; null for none.</summary>
    public KnownIssue? AnyAlone() => issues.GroupBy(issue => issue.OrderId).FirstOrDefault(order => order.Count() == 1)?.Single();

    public IReadOnlyList<KnownIssue> OfOrder(string orderId) => [.. issues.Where(issue => issue.OrderId == orderId)];

    public KnownIssue SurvivorOf(KnownIssue issue) =>
        issue.MergedInto is { } into ? SurvivorOf(issues.Single(other => other.IssueId == into)) : issue;

    /// <summary>Gets some of the issues, in any order.</summary>
    public IReadOnlyList<KnownIssue> Some() =>
        [.. issues.OrderBy(_ => Random.Shared.Next()).Take(Random.Shared.Next(1, issues.Count + 1))];
}
