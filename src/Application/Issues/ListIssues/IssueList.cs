using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Issues.ListIssues;

/// <summary>A page of issues.</summary>
/// <param name="Issues">The issues, in order.</param>
/// <param name="Limit">The most issues that the page might have had.</param>
/// <param name="NextCursor">Where the next page goes on; null when there is none.</param>
/// <param name="Total">How many issues there are on all pages, if that was asked.</param>
public sealed record IssueList(IReadOnlyList<OrderIssue> Issues, int Limit, string? NextCursor, long? Total);
