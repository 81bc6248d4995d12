using System.ComponentModel.DataAnnotations;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>Filter and format of an export.</summary>
public sealed class ExportIssuesRequest : IssueFilterRequest
{
    /// <summary><c>csv</c> or <c>ndjson</c>.</summary>
    [FromQuery(Name = "format"), Required]
    public string? Format { get; init; }
}
