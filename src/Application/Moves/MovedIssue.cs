using OrderIssues.Application.Common.Records;
using OrderIssues.Domain.Events;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Moves;

/// <summary>Issue with all that a store has of it.</summary>
/// <param name="Issue">Issue with its discussion and the ids of its messages.</param>
/// <param name="History">Its history, with the ids of the entries.</param>
public sealed record MovedIssue(OrderIssue Issue, IReadOnlyList<HistoryEntry> History)
{
    /// <summary>True for an issue that another store has in the same way, whatever its form there.</summary>
    public bool IsSameAs(MovedIssue other) => Content == other.Content;

    private string Content => RecordJson.Write(new { Issue = Issue with { StoredBytes = 0 }, History = History.Select(InOneForm) });

    // A store may tell a text that looks like a time as one.
    private static HistoryEntry InOneForm(HistoryEntry entry) => entry with
    {
        Changes = [.. entry.Changes.Select(change => change with { From = InOneForm(change.From), To = InOneForm(change.To) })],
    };

    private static object? InOneForm(object? value) => value is DateTimeOffset time ? IsoDateTime.Write(time) : value;
}

/// <summary>Event with what only stores know.</summary>
/// <param name="Event">Event, with its sequence.</param>
/// <param name="Issue">Id of the issue; null where it is gone.</param>
/// <param name="RecordedAt">Time at which it came into the log.</param>
public sealed record MovedEvent(IssueEvent Event, EntityId? Issue, DateTimeOffset RecordedAt);
