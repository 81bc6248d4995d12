using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace OrderIssues.Application.Issues;

/// <summary>Counts the issues that this process created and resolved, by source and type.</summary>
public static class IssueCounts
{
    /// <summary>Most types that are told apart, as callers may write any.</summary>
    private const int MaxTypes = 100;

    private const string Other = "other";

    private static readonly ConcurrentDictionary<string, bool> Types = [];

    private static readonly Counter<long> Created =
        ServiceMeter.Meter.CreateCounter<long>("order_issue.created", "{issue}", "Issues that this process created.");

    private static readonly Counter<long> Resolved =
        ServiceMeter.Meter.CreateCounter<long>("order_issue.resolved", "{issue}", "Issues that this process resolved.");

    public static void CountCreated(OrderIssue issue) => Created.Add(1, SourceOf(issue.Source), TypeOf(issue.IssueType));

    /// <summary>Counts a change if it resolved the issue.</summary>
    /// <param name="before">Issue before the change.</param>
    /// <param name="after">Changed issue; null where the change didn't take effect.</param>
    /// <param name="statuses">Statuses, of which some are resolved.</param>
    /// <returns>The changed issue.</returns>
    public static OrderIssue? Counted(OrderIssue before, OrderIssue? after, IssueStatuses statuses)
    {
        if (after is not null && statuses.IsResolved(after.Status) && !statuses.IsResolved(before.Status))
        {
            Resolved.Add(1, SourceOf(after.Source), TypeOf(after.IssueType));
        }

        return after;
    }

    /// <summary>Label of a source: its channel.</summary>
    public static KeyValuePair<string, object?> SourceOf(string? source) =>
        new("source", Channels.Of(source?.Trim().ToLowerInvariant()) ?? Other);

    /// <summary>Label of a type, in lower case; <c>other</c> for a new one after 100.</summary>
    public static KeyValuePair<string, object?> TypeOf(string? type)
    {
        var label = type?.Trim().ToLowerInvariant() ?? "";
        return new("type", Types.ContainsKey(label) || (Types.Count < MaxTypes && Types.TryAdd(label, true)) ? label : Other);
    }
}
