namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Criteria that an issue must all meet.</summary>
public sealed record IssueFilter
{
    /// <summary>Accepted values by field, at least one each.</summary>
    public IReadOnlyDictionary<IssueField, IReadOnlyList<string>> Fields { get; init; } =
        new Dictionary<IssueField, IReadOnlyList<string>>();

    public TimeRange CreatedAt { get; init; }

    public TimeRange UpdatedAt { get; init; }

    /// <summary>Text to search for, three characters or more; null for none.</summary>
    public string? Text { get; init; }
}

/// <summary>Range of times; unknown times are only in the unbounded one.</summary>
/// <param name="From">First time of the range; null for no bound.</param>
/// <param name="To">First time after the range; null for no bound.</param>
public readonly record struct TimeRange(DateTimeOffset? From, DateTimeOffset? To);
