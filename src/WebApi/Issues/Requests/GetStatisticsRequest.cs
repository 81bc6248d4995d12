using System.ComponentModel.DataAnnotations;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>Which issues are counted, and by what.</summary>
public sealed class GetStatisticsRequest : IssueFilterRequest
{
    /// <summary>
    /// <c>status</c>, <c>channel</c>, <c>source</c>, <c>issueType</c>, <c>sku</c>, <c>picker</c>, <c>packer</c>, <c>palletter</c>, or <c>day</c>: the day,
    /// in UTC, that the issue was reported on.
    /// </summary>
    [FromQuery(Name = "groupBy"), Required]
    public string? GroupBy { get; init; }
}
