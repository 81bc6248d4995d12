namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Criteria that an issue must all meet.</summary>
public sealed record IssueFilter
{
    /// <summary>Accepted values by field, at least one each; null accepts issues without a value.</summary>
    public IReadOnlyDictionary<IssueField, IReadOnlyList<string?>> Fields { get; init; } =
        new Dictionary<IssueField, IReadOnlyList<string?>>();

    /// <summary>Keys of types (<see cref="IssueTypes.KeyOf"/>) that are accepted besides the values of their field.</summary>
    public IReadOnlyList<string> TypeKeys { get; init; } = [];

    /// <summary>Ranges by field.</summary>
    public IReadOnlyDictionary<IssueField, TimeRange> Times { get; init; } = new Dictionary<IssueField, TimeRange>();

    /// <summary>True for resolved issues, false for the others; null for all.</summary>
    public bool? IsResolved { get; init; }

    /// <summary>Statuses that count as resolved, in lower case.</summary>
    public IReadOnlyCollection<string> ResolvedStatuses { get; init; } = [];

    /// <summary>True for overdue issues, which are unresolved past their due time; false for the others; null for all.</summary>
    public bool? IsOverdue { get; init; }

    /// <summary>Least age, in hours, of issues that must also be unresolved; null for all.</summary>
    public int? OlderThanHours { get; init; }

    /// <summary>Time at which issues are overdue, or old.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Text to search for, in any case, without format characters; null for none.</summary>
    public string? Text { get; init; }

    /// <summary>True for a filter that all issues meet.</summary>
    public bool IsEmpty =>
        this is { Fields.Count: 0, Times.Count: 0, IsResolved: null, IsOverdue: null, OlderThanHours: null, Text: null };
}

/// <summary>Range of times; unknown times are only in the unbounded one.</summary>
/// <param name="From">First time of the range; null for no bound.</param>
/// <param name="To">First time after the range; null for no bound.</param>
public readonly record struct TimeRange(DateTimeOffset? From, DateTimeOffset? To);
