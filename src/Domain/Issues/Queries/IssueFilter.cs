namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Which issues are meant: those that meet all of it.</summary>
public sealed record IssueFilter
{
    public IReadOnlyList<FieldFilter> Fields { get; init; } = [];

    public TimeRange CreatedAt { get; init; }

    public TimeRange UpdatedAt { get; init; }

    /// <summary>
    /// Three characters or more that stand, in upper or lower case, in the number of the issue, of its order, its ticket or a parcel, in the
    /// customer's name or address, in a SKU, in the notes or in a message. Null: any.
    /// </summary>
    public string? Text { get; init; }
}

/// <summary>A field that has just one of some values.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">The values, of which there is at least one.</param>
public sealed record FieldFilter(FilterField Field, IReadOnlyList<string> Values);

/// <summary>Times from one on and before another; without the one or the other, unbounded. A time that isn't known is in the unbounded range only.</summary>
/// <param name="From">The first time.</param>
/// <param name="To">The first time no more.</param>
public readonly record struct TimeRange(DateTimeOffset? From, DateTimeOffset? To);
