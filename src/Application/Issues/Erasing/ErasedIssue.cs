namespace OrderIssues.Application.Issues.Erasing;

/// <summary>Issue without its customer's data.</summary>
/// <param name="Issue">Issue as it was before.</param>
/// <param name="IsChanged">False where nothing was left to erase.</param>
/// <param name="Others">Numbers of the issues that were merged into it, or that it was merged into.</param>
internal sealed record ErasedIssue(OrderIssue Issue, bool IsChanged, IReadOnlyList<string> Others)
{
    /// <summary>Numbers of all issues that were erased from.</summary>
    public IEnumerable<string> IssueIds => Issue.IssueId is { } issueId ? [issueId, .. Others] : Others;

    /// <summary>Texts that name the customer: the address, and a name of several words, since others mean more.</summary>
    public IEnumerable<string> Names =>
        new[] { Issue.CustomerEmail, Issue.CustomerName }.OfType<string>().Where(text => text.Contains('@') || text.Trim().Contains(' '));
}
