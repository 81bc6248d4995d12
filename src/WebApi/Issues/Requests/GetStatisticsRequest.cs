using System.ComponentModel.DataAnnotations;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>Filter and field of statistics.</summary>
public sealed class GetStatisticsRequest : IssueFilterRequest
{
    /// <summary>
    /// <c>channel</c>, <c>source</c>, <c>sku</c>, <c>picker</c>, <c>packer</c>, <c>palletter</c>, <c>issueType</c>, <c>status</c>, or
    /// <c>day</c>: the UTC day of the report.
    /// </summary>
    [FromQuery(Name = "groupBy"), Required]
    public string? GroupBy { get; init; }
}
