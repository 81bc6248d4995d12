using System.ComponentModel.DataAnnotations;

namespace OrderIssues.WebApi.Issues.Responses;

/// <summary>An issue.</summary>
public sealed record IssueResponse
{
    /// <summary>Always true.</summary>
    [Required]
    public bool Ok => true;

    /// <summary>The issue.</summary>
    public required IssueBody Data { get; init; }
}
