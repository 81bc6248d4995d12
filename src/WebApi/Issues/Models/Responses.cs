using System.ComponentModel.DataAnnotations;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>An issue.</summary>
public sealed record IssueResponse
{
    /// <summary>Always true.</summary>
    [Required]
    public bool Ok => true;

    /// <summary>The issue.</summary>
    public required IssueModel Data { get; init; }
}

/// <summary>A page of issues.</summary>
public sealed record IssueListResponse
{
    /// <summary>Always true.</summary>
    [Required]
    public bool Ok => true;

    /// <summary>The issues, in the order that was asked for.</summary>
    public required IReadOnlyList<IssueModel> Data { get; init; }

    /// <summary>Which page it is.</summary>
    public required PageModel Page { get; init; }
}

/// <summary>The history of an issue.</summary>
public sealed record HistoryResponse
{
    /// <summary>Always true.</summary>
    [Required]
    public bool Ok => true;

    /// <summary>What happened, oldest first.</summary>
    public required IReadOnlyList<HistoryEntryModel> Data { get; init; }
}

/// <summary>Statistics of issues.</summary>
public sealed record StatisticsResponse
{
    /// <summary>Always true.</summary>
    [Required]
    public bool Ok => true;

    /// <summary>The statistics.</summary>
    public required StatisticsModel Data { get; init; }
}
