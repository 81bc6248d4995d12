using OrderIssues.Soak.Audits;

namespace OrderIssues.Soak;

/// <summary>Figures of a run.</summary>
internal static class Report
{
    private const int MaxExamples = 20;

    /// <returns>True where nothing was lost, doubled or wrong.</returns>
    public static bool Print(Journal journal, IssueAudit issues, EventAudit events, StreamAudit stream)
    {
        var known = journal.Issues.Values;
        var repeated = journal.Repeated.OrderBy(answer => answer.Key, StringComparer.Ordinal)
            .Select(answer => $"{answer.Key} {answer.Value}");
        Console.WriteLine($"""
            {journal.Requests} requests, {journal.Repeated.Values.Sum()} of them sent again, after: {string.Join(", ", repeated)}.
            {known.Count} issues and {known.Sum(issue => issue.Version)} changes of them, and {journal.Views.Count} views.
            Issues of tickets: {known.Count(issue => issue.TicketId is not null)}.
            Merged issues: {known.Count(issue => issue.MergedInto is not null)}, erased: {known.Count(issue => issue.IsErased)}.

            | | lost | doubled |
            |---|---|---|
            | acknowledged writes | {issues.Lost} | {issues.Doubled} |
            | events | {events.LostEvents} | {events.DoubledEvents} |
            | events of the stream, which ended {stream.Ended} times | {events.LostInStream} | {stream.Doubled} |
            | deliveries | {events.LostDeliveries} | {events.RepeatedDeliveries} came again |

            {events.PendingDeliveries} deliveries failed and wait for their next try. What no fault explains: {journal.Wrong.Count}.
            """);
        foreach (var wrong in journal.Wrong.Take(MaxExamples))
        {
            Console.WriteLine($"- {wrong}");
        }

        return issues.Lost + issues.Doubled + events.LostEvents + events.DoubledEvents + events.LostInStream + stream.Doubled
            + events.LostDeliveries + journal.Wrong.Count == 0;
    }
}
