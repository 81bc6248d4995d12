namespace OrderIssues.Domain.Issues.Queries;

/// <summary>An order of issues. Those of the same time, or of none, follow their ids in the same direction.</summary>
/// <param name="By">The time that counts.</param>
/// <param name="Descending">Whether the latest come first, and those without a time last; else the other way round.</param>
public readonly record struct IssueSort(SortField By, bool Descending);

/// <summary>The times that issues can be sorted by.</summary>
public enum SortField
{
    CreatedAt,
    UpdatedAt,
}
