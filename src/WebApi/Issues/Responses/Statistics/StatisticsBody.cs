using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Responses.Statistics;

/// <summary>Issues, counted by the values of a field.</summary>
[JsonSchema("IssueStatistics")]
public sealed record StatisticsBody
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
    public required IReadOnlyList<IssueGroupBody> Groups { get; init; }
}
