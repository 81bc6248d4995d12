namespace OrderIssues.Domain.Issues.Queries.Filters;

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
