using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Events;

/// <summary>Form in which other services get events.</summary>
public interface IEventFormat
{
    /// <summary>Name of the event's kind, for instance <c>order_issue.created</c>.</summary>
    string TypeOf(IssueEvent issueEvent);

    /// <summary>Writes the event in UTF-8, the same for every receiver.</summary>
    byte[] Write(IssueEvent issueEvent);
}
