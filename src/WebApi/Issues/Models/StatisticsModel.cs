using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>Issues, counted by the values of a field.</summary>
[JsonSchema("IssueStatistics")]
public sealed record StatisticsModel
{
    /// <summary>Field that the issues are grouped by.</summary>
    /// <example>sku</example>
    public required string GroupBy { get; init; }

    /// <summary>Number of issues, each counted once.</summary>
    /// <example>3</example>
    public required long Issues { get; init; }

    /// <summary>Sum of the quantities of all their items.</summary>
    /// <example>5</example>
    public required long Units { get; init; }

    /// <summary>Groups, the largest first. Values that differ only in case or in blanks around them are one.</summary>
    public required IReadOnlyList<IssueGroupModel> Groups { get; init; }
}

/// <summary>Issues that have the same value.</summary>
[JsonSchema("IssueGroup")]
public sealed record IssueGroupModel
{
    /// <summary>Value in its most frequent spelling; left out for the issues that have none.</summary>
    /// <example>MUG-BLUE-2</example>
    public string? Key { get; init; }

    /// <summary>Number of issues. An issue counts once in each group that it is in.</summary>
    /// <example>2</example>
    public required long Issues { get; init; }

    /// <summary>Sum of the quantities of their items; for a SKU, of its own.</summary>
    /// <example>3</example>
    public required long Units { get; init; }

    /// <summary>Number of unresolved issues.</summary>
    /// <example>1</example>
    public required long Open { get; init; }

    /// <summary>Average hours from report to resolution; left out where no issue is resolved.</summary>
    /// <example>25.5</example>
    public double? AvgHoursToResolve { get; init; }
}
