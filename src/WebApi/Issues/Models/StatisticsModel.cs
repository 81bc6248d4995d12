using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>Issue counts by the values of one or two fields.</summary>
[JsonSchema("IssueStatistics")]
public sealed record StatisticsModel
{
    /// <summary>Grouping fields, as asked for.</summary>
    /// <example>sku</example>
    public required string GroupBy { get; init; }

    /// <summary>Number of issues, each counted once.</summary>
    /// <example>3</example>
    public required long Issues { get; init; }

    /// <summary>Total quantity of all items.</summary>
    /// <example>5</example>
    public required long Units { get; init; }

    /// <summary>Sums of the costs that are known, a currency each; left out if none is.</summary>
    public IReadOnlyList<CostModel>? Cost { get; init; }

    /// <summary>Groups, largest first; names and types are compared regardless of case and outer blanks.</summary>
    public required IReadOnlyList<IssueGroupModel> Groups { get; init; }
}

/// <summary>Issues with the same values.</summary>
[JsonSchema("IssueGroup")]
public sealed record IssueGroupModel
{
    /// <summary>Value, most frequent spelling; left out if none.</summary>
    /// <example>MUG-BLUE-2</example>
    public string? Key { get; init; }

    /// <summary>Values of two fields, in place of <c>key</c>; null where there is none.</summary>
    public IReadOnlyList<string?>? Keys { get; init; }

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

    /// <summary>Sums of the costs that are known, a currency each; left out if none is.</summary>
    public IReadOnlyList<CostModel>? Cost { get; init; }
}
