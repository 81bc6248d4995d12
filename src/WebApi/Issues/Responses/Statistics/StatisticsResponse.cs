using System.ComponentModel.DataAnnotations;

namespace OrderIssues.WebApi.Issues.Responses.Statistics;

/// <summary>Statistics of issues.</summary>
public sealed record StatisticsResponse
{
    /// <summary>Always true.</summary>
    [Required]
    public bool Ok => true;

    /// <summary>The statistics.</summary>
    public required StatisticsBody Data { get; init; }
}
