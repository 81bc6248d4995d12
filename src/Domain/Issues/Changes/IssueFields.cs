namespace OrderIssues.Domain.Issues.Changes;

/// <summary>The names of the fields that a change can touch, as they stand in stored issues, in the history and on the wire.</summary>
public static class IssueFields
{
    public const string Status = "status";
    public const string IssueResolvedAt = "issueResolvedAt";
    public const string Discussion = "discussion";
}
