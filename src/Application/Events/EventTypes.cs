using System.Text.Json;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Events;

/// <summary>Names of events' kinds, as other services see them.</summary>
public static class EventTypes
{
    public static readonly IReadOnlyList<string> All = [.. HistoryActions.All.Select(Of)];

    /// <summary>Names the kind of an action (<see cref="HistoryActions"/>), for instance <c>order_issue.status_changed</c>.</summary>
    public static string Of(string action) => $"order_issue.{JsonNamingPolicy.SnakeCaseLower.ConvertName(action)}";
}
