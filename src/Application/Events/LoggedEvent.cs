using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Events;

/// <summary>Event, written once for all who get it.</summary>
public sealed class LoggedEvent(IssueEvent content)
{
    private byte[]? written;

    public IssueEvent Content => content;

    public ReadOnlyMemory<byte> Written(IEventFormat format) => written ??= format.Write(content);
}
