namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Count of issues with the same values, status and currency.</summary>
/// <remarks>An issue with several SKUs or tags counts for each.</remarks>
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

    /// <summary>Quantities that count here towards the total.</summary>
    public required long UnitsOfTotal { get; init; }

    /// <summary>Issues whose time to resolve is known.</summary>
    public required long Timed { get; init; }

    /// <summary>Sum of their times to resolve, in milliseconds.</summary>
    public required double MillisecondsToResolve { get; init; }

    /// <summary>Currency of their costs; null where they have none.</summary>
    public string? Currency { get; init; }

    /// <summary>Sum of their costs.</summary>
    public decimal Cost { get; init; }

    /// <summary>Sum of the costs that count here towards the total.</summary>
    public decimal CostOfTotal { get; init; }
}
