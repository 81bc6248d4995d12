namespace OrderIssues.WebApi.Issues.Responses;

/// <summary>An issue.</summary>
public sealed record IssueResponse
{
    /// <summary>Always true.</summary>
    public bool Ok => true;

    /// <summary>The issue.</summary>
    public required IssueBody Data { get; init; }
}
