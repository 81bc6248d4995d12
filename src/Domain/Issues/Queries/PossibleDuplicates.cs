namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Issues of an order that may be about the same as another one.</summary>
public static class PossibleDuplicates
{
    /// <summary>Most numbers that are told.</summary>
    public const int MaxCount = 20;

    /// <summary>Most issues that are looked at.</summary>
    public const int MaxCandidates = 200;

    /// <summary>Age above which no issue counts.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(30);

    /// <summary>Gives the numbers of those that aren't resolved and have the same type or an item in common.</summary>
    /// <param name="issue">Issue.</param>
    /// <param name="candidates">Issues of its order that aren't merged, the newest first.</param>
    /// <param name="statuses">Statuses, of which some are resolved.</param>
    /// <param name="types">Types.</param>
    public static IReadOnlyList<string> Of(
        OrderIssue issue, IEnumerable<OrderIssue> candidates, IssueStatuses statuses, IssueTypes types)
    {
        var skus = issue.Items.Select(item => item.Sku).ToHashSet();
        return
        [
            .. (from candidate in candidates
                where candidate.Id != issue.Id && candidate.IssueId is not null && !statuses.IsResolved(candidate.Status)
                    && (types.AreSame(candidate.IssueType, issue.IssueType) || candidate.Items.Any(item => skus.Contains(item.Sku)))
                select candidate.IssueId!).Take(MaxCount),
        ];
    }
}
