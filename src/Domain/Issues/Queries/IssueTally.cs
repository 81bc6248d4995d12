namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Count of issues with the same values and status.</summary>
/// <remarks>An issue with several SKUs counts for each.</remarks>
public sealed record IssueTally
{
    /// <summary>Values of the fields counted by, as they are stored; null for none.</summary>
    public required IReadOnlyList<string?> Values { get; init; }

    public required string? Status { get; init; }

    public required long Issues { get; init; }

    /// <summary>Issues that count here towards the total.</summary>
    public required long IssuesOfTotal { get; init; }

    /// <summary>Sum of quantities; for a SKU, of its own.</summary>
    public required long Units { get; init; }

    /// <summary>Issues whose time to resolve is known.</summary>
    public required long Timed { get; init; }

    /// <summary>Sum of their times to resolve, in milliseconds.</summary>
    public required double MillisecondsToResolve { get; init; }
}
