namespace OrderIssues.Domain.Issues.Additions;

/// <summary>What became of an issue that was to be taken in.</summary>
/// <param name="Issue">The issue as a later read gives it; the one that was there already, where there was one.</param>
/// <param name="IsNew">Whether this call wrote it. Of any number of calls for one issue, one did.</param>
public sealed record AddedIssue(OrderIssue Issue, bool IsNew);
