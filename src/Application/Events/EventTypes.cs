using System.Collections.Frozen;
using System.Text.Json;
using OrderIssues.Domain.Events;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Events;

/// <summary>Names of events' kinds, as other services see them.</summary>
public static class EventTypes
{
    /// <summary>Kinds of changes (<see cref="HistoryActions"/>) by the names that their events have.</summary>
    public static readonly IReadOnlyDictionary<string, string> Actions = HistoryActions.All.ToDictionary(NameOf);

    private static readonly FrozenDictionary<string, string> Names = HistoryActions.All.ToFrozenDictionary(action => action, NameOf);

    /// <summary>Names the kind of an event, for instance <c>order_issue.status_changed</c>.</summary>
    public static string Of(IssueEvent issueEvent) => Names.GetValueOrDefault(issueEvent.Action) ?? NameOf(issueEvent.Action);

    private static string NameOf(string action) => $"order_issue.{JsonNamingPolicy.SnakeCaseLower.ConvertName(action)}";
}
