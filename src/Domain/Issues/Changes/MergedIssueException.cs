namespace OrderIssues.Domain.Issues.Changes;

/// <summary>Refuses a change of an issue that was merged into another one.</summary>
/// <param name="into">Number of the other issue.</param>
public sealed class MergedIssueException(string into) : Exception($"The issue was merged into {into}.")
{
    public string Into { get; } = into;

    internal static void ThrowIfMerged(StoredIssue issue)
    {
        if (issue.MergedInto is { } into)
        {
            throw new MergedIssueException(into);
        }
    }
}
