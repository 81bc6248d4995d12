namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Criteria that an issue must all meet.</summary>
public sealed record IssueFilter
{
    /// <summary>Accepted values by field: an issue must have one of them. No list is empty.</summary>
    public IReadOnlyDictionary<IssueField, IReadOnlyList<string>> Fields { get; init; } =
        new Dictionary<IssueField, IReadOnlyList<string>>();

    public TimeRange CreatedAt { get; init; }

    public TimeRange UpdatedAt { get; init; }

    /// <summary>Text of three characters or more that a searched field or a message contains, in any case; null for any issue.</summary>
    public string? Text { get; init; }
}

/// <summary>Range of times. An unknown time is in the unbounded range only.</summary>
/// <param name="From">First time of the range; null for no bound.</param>
/// <param name="To">First time after the range; null for no bound.</param>
public readonly record struct TimeRange(DateTimeOffset? From, DateTimeOffset? To);
