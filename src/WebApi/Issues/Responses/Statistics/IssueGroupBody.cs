using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Responses.Statistics;

/// <summary>Issues that have the same value.</summary>
[JsonSchema("IssueGroup")]
public sealed record IssueGroupBody
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
