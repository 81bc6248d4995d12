using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>Issues, counted by the values of a field.</summary>
[JsonSchema("IssueStatistics")]
public sealed record StatisticsModel
{
    /// <summary>What they are grouped by.</summary>
    /// <example>sku</example>
    public required string GroupBy { get; init; }

    /// <summary>How many issues there are, each counted once.</summary>
    /// <example>3</example>
    public required long Issues { get; init; }

    /// <summary>The sum of the quantities of all their items.</summary>
    /// <example>5</example>
    public required long Units { get; init; }

    /// <summary>The groups, those with the most issues first. Values that differ only in case or in blanks around them are one.</summary>
    public required IReadOnlyList<IssueGroupModel> Groups { get; init; }
}

/// <summary>Issues that have the same value.</summary>
[JsonSchema("IssueGroup")]
public sealed record IssueGroupModel
{
    /// <summary>The value, as it is written most often; left out for the issues that have none.</summary>
    /// <example>MUG-BLUE-2</example>
    public string? Key { get; init; }

    /// <summary>How many issues have it. An issue counts once in each group that it is in.</summary>
    /// <example>2</example>
    public required long Issues { get; init; }

    /// <summary>The sum of the quantities of their items; by <c>sku</c>, of those with this SKU.</summary>
    /// <example>3</example>
    public required long Units { get; init; }

    /// <summary>How many of the issues aren't resolved.</summary>
    /// <example>1</example>
    public required long Open { get; init; }

    /// <summary>How many hours it took, on average, from the report to the resolution of those that are resolved; left out where none is.</summary>
    /// <example>25.5</example>
    public double? AvgHoursToResolve { get; init; }
}
