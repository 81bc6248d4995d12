using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>Issue counts by a field's values.</summary>
[JsonSchema("IssueStatistics")]
public sealed record StatisticsModel
{
    /// <summary>Grouping field.</summary>
    /// <example>sku</example>
    public required string GroupBy { get; init; }

    /// <summary>Number of issues, each counted once.</summary>
    /// <example>3</example>
    public required long Issues { get; init; }

    /// <summary>Total quantity of all items.</summary>
    /// <example>5</example>
    public required long Units { get; init; }

    /// <summary>Groups, largest first; case and outer blanks are ignored.</summary>
    public required IReadOnlyList<IssueGroupModel> Groups { get; init; }
}

/// <summary>Issues with the same value.</summary>
[JsonSchema("IssueGroup")]
public sealed record IssueGroupModel
{
    /// <summary>Value, most frequent spelling; left out if none.</summary>
    /// <example>MUG-BLUE-2</example>
    public string? Key { get; init; }

    /// <summary>Number of issues; each counts once per group.</summary>
    /// <example>2</example>
    public required long Issues { get; init; }

    /// <summary>Total quantity of all items, or of the SKU.</summary>
    /// <example>3</example>
    public required long Units { get; init; }

    /// <summary>Number of unresolved issues.</summary>
    /// <example>1</example>
    public required long Open { get; init; }

    /// <summary>Average hours to resolution; left out if none is resolved.</summary>
    /// <example>25.5</example>
    public double? AvgHoursToResolve { get; init; }
}
