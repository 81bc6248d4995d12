using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace OrderIssues.WebApi.Issues.Requests.Filters;

/// <summary>Which issues are exported, and as what.</summary>
public sealed class ExportIssuesRequest : IssueFilterRequest
{
    /// <summary><c>csv</c> or <c>ndjson</c>.</summary>
    [FromQuery(Name = "format"), Required]
    public string? Format { get; init; }
}
