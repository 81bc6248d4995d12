using System.ComponentModel.DataAnnotations;

namespace OrderIssues.WebApi.Issues.Responses;

/// <summary>A page of issues.</summary>
public sealed record IssueListResponse
{
    /// <summary>Always true.</summary>
    [Required]
    public bool Ok => true;

    /// <summary>The issues, in the order that was asked for.</summary>
    public required IReadOnlyList<IssueBody> Data { get; init; }

    /// <summary>Which page it is.</summary>
    public required PageBody Page { get; init; }
}
