namespace OrderIssues.Domain.Issues.Queries;

/// <summary>The times that issues can be sorted by.</summary>
public enum SortField
{
    CreatedAt,
    UpdatedAt,
}
