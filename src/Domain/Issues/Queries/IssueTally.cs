namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Count of issues with one value and status.</summary>
/// <remarks>
/// An issue with several SKUs counts for each, but once for spellings that differ only in the case of ASCII letters and in blanks.
/// </remarks>
public sealed record IssueTally
{
    /// <summary>Value in one of its spellings; null for none.</summary>
    public required string? Value { get; init; }

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
