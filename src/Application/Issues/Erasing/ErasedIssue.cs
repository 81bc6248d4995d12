using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Issues.Erasing;

/// <summary>Erasure from many issues.</summary>
/// <param name="Ids">Issues.</param>
/// <param name="Decide">Decides what to erase from an issue.</param>
/// <param name="By">Person who erases, as the caller claims.</param>
/// <param name="Caller">Name of the caller's credential.</param>
internal sealed record ErasureCall(IReadOnlySet<EntityId> Ids, Func<OrderIssue, Erasure> Decide, string? By, string? Caller)
{
    /// <summary>True for an issue whose messages are erased by itself.</summary>
    public bool Covers(OrderIssue issue) => Ids.Contains(issue.Id) && Decide(issue).IsOfMerged;
}

/// <summary>Issue without its customer's data.</summary>
/// <param name="Issue">Issue as it was before.</param>
/// <param name="IsChanged">False where nothing was left to erase.</param>
/// <param name="Others">Numbers of the issues that were merged into it, or that it was merged into.</param>
internal sealed record ErasedIssue(OrderIssue Issue, bool IsChanged, IReadOnlyList<string> Others)
{
    /// <summary>Numbers of all issues that were erased from.</summary>
    public IEnumerable<string> IssueIds => Issue.IssueId is { } issueId ? [issueId, .. Others] : Others;
}
