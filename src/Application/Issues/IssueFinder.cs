namespace OrderIssues.Application.Issues;

/// <summary>Finds issues in the ways that callers name them.</summary>
internal sealed class IssueFinder(IOrderIssueStore store)
{
    /// <summary>Finds the head of the order's issue of that number, of its newest without one.</summary>
    /// <remarks>Tries the order as sent, then cleaned.</remarks>
    public async Task<OrderIssue?> FindHeadByOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken)
    {
        foreach (var spelling in new[] { orderId, PlainText.Clean(orderId)!, PlainText.CleanIdentifier(orderId)! }.Distinct())
        {
            if (await store.FindHeadByOrderAsync(spelling, issueId, cancellationToken) is { } issue)
            {
                return issue;
            }
        }

        return null;
    }

    /// <summary>Follows merges up to the issue that isn't merged; null where another program removed that.</summary>
    /// <param name="issue">Issue, which is the answer unless it was merged.</param>
    /// <param name="find">Finds an issue by its number.</param>
    public static async Task<OrderIssue?> FindSurvivorAsync(OrderIssue issue, Func<string, Task<OrderIssue?>> find)
    {
        // Only another program can have made a circle, which ends at an issue that takes no changes.
        var seen = new HashSet<EntityId>();
        OrderIssue? found = issue;
        while (found?.MergedInto is { } into && seen.Add(found.Id))
        {
            found = await find(into);
        }

        return found;
    }

    /// <summary>Lists the issues that took over, one after another.</summary>
    /// <param name="issue">Issue, which isn't among them.</param>
    /// <param name="find">Finds an issue by its number.</param>
    public static async Task<IReadOnlyList<OrderIssue>> ListSurvivorsAsync(OrderIssue issue, Func<string, Task<OrderIssue?>> find)
    {
        var survivors = new List<OrderIssue>();
        var seen = new HashSet<EntityId> { issue.Id };
        for (var found = issue; found.MergedInto is { } into && await find(into) is { } next && seen.Add(next.Id); found = next)
        {
            survivors.Add(next);
        }

        return survivors;
    }
}
