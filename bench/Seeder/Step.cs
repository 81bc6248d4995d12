using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Vocabulary;

namespace OrderIssues.Seeder;

/// <summary>Somebody says something or, where there is no message, changes the status.</summary>
internal sealed record Step(DateTimeOffset At, string By, string? Message = null, string Status = IssueStatuses.Default)
{
    public IssueChange Decide(OrderIssue issue, IssueStatuses statuses) =>
        Message is null ? issue.ChangeStatus(Status, By, statuses, At) : issue.AddMessage(By, Message, At);
}
