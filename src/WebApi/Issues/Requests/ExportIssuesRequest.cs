using System.ComponentModel.DataAnnotations;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>Which issues are exported, and as what.</summary>
public sealed class ExportIssuesRequest : IssueFilterRequest
{
    /// <summary><c>csv</c> or <c>ndjson</c>.</summary>
    [FromQuery(Name = "format"), Required]
    public string? Format { get; init; }
}
