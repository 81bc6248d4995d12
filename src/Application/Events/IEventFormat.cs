using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Events;

/// <summary>Form in which other services get events.</summary>
public interface IEventFormat
{
    /// <summary>Writes the event in UTF-8, the same for every receiver.</summary>
    byte[] Write(IssueEvent issueEvent);
}
