namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Order of a list: by time, then by id.</summary>
/// <param name="By">Time to sort by, a <see cref="FieldTraits.Sortable"/> field.</param>
/// <param name="Descending">True for the latest first and undated issues last; false for the reverse.</param>
public readonly record struct IssueSort(IssueField By, bool Descending);
