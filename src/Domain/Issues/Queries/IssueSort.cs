namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Order of a list: by time, then by id.</summary>
/// <param name="By">Time to sort by, a <see cref="FieldTraits.Sortable"/> field.</param>
/// <param name="Descending">True for the latest first.</param>
public readonly record struct IssueSort(IssueField By, bool Descending)
{
    /// <summary>True where undated issues come first. What is never due comes last in either order.</summary>
    public bool UndatedFirst => !Descending && By != IssueField.DueAt;
}
