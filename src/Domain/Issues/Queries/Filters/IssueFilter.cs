namespace OrderIssues.Domain.Issues.Queries.Filters;

/// <summary>Which issues are meant: those that meet all of it.</summary>
public sealed record IssueFilter
{
    public IReadOnlyList<FieldFilter> Fields { get; init; } = [];

    public TimeRange CreatedAt { get; init; }

    public TimeRange UpdatedAt { get; init; }
}
