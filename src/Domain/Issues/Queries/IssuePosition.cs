namespace OrderIssues.Domain.Issues.Queries;

/// <summary>The place of an issue in an order.</summary>
/// <param name="Time">The time that counts in that order; null where the issue has none.</param>
/// <param name="Id">The issue.</param>
public readonly record struct IssuePosition(DateTimeOffset? Time, EntityId Id)
{
    public static IssuePosition Of(OrderIssue issue, IssueSort sort) =>
        new(sort.By == SortField.CreatedAt ? issue.CreatedAt : issue.UpdatedAt, issue.Id);
}
