namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Position in a sorted list.</summary>
/// <param name="Time">Time that the list is sorted by; null where the issue has none.</param>
/// <param name="Id">Id of the issue.</param>
public readonly record struct IssuePosition(DateTimeOffset? Time, EntityId Id)
{
    public static IssuePosition Of(OrderIssue issue, IssueSort sort) => new((DateTimeOffset?)sort.By.Get(issue), issue.Id);
}
