namespace OrderIssues.Domain.Issues.Queries;

/// <summary>
/// What a store counts: issues that have one value of a field and one status. An issue with several SKUs is in the tally of each, but in one only of those
/// that differ in nothing but the case of ASCII letters and in blanks around them.
/// </summary>
public sealed record IssueTally
{
    /// <summary>The value, as it is written in one of them at least; null where they have none.</summary>
    public required string? Value { get; init; }

    public required string? Status { get; init; }

    public required long Issues { get; init; }

    /// <summary>How many of them count here towards the total, as each does in one of its tallies.</summary>
    public required long IssuesOfTotal { get; init; }

    /// <summary>The sum of their quantities; where the value is a SKU, of its own.</summary>
    public required long Units { get; init; }

    /// <summary>How many of them have both times that tell how long they took to be resolved.</summary>
    public required long Timed { get; init; }

    /// <summary>How many milliseconds these took, in all.</summary>
    public required double MillisecondsToResolve { get; init; }
}
