using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Issues;

/// <summary>Reads an issue, decides and writes a change, else retries.</summary>
internal sealed class IssueEditor(IOrderIssueStore store, ICaller caller, TimeProvider time)
{
    /// <summary>Time to retry while other changes come in between.</summary>
    public static readonly TimeSpan RetryTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Changes an issue of an order.</summary>
    /// <param name="orderId">Order, as the caller spells it.</param>
    /// <param name="issueId">Number of the issue; null for the order's newest.</param>
    /// <param name="expectedRevisions">Accepted revisions (<see cref="OrderIssue.Revision"/>); null for any.</param>
    /// <param name="decide">Decides the change, again on a fresher issue whenever another change came in between.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<OrderIssue> ChangeAsync(
        string orderId,
        string? issueId,
        IReadOnlyList<string>? expectedRevisions,
        Func<OrderIssue, IssueChange> decide,
        CancellationToken cancellationToken) =>
        ChangeAsync(
            () => FindAsync(orderId, order => store.FindByOrderAsync(order, issueId, cancellationToken)),
            () => new FailureException(FailureCode.IssueNotFound, "This order has no such issue."),
            expectedRevisions,
            decide,
            cancellationToken);

    /// <summary>Changes an issue by its number.</summary>
    /// <param name="issueId">Number of the issue.</param>
    /// <param name="expectedRevisions">Accepted revisions; null for any.</param>
    /// <param name="decide">Decides the change; null leaves the issue as it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<OrderIssue> ChangeAsync(
        string issueId,
        IReadOnlyList<string>? expectedRevisions,
        Func<OrderIssue, IssueChange?> decide,
        CancellationToken cancellationToken) =>
        ChangeAsync(
            () => store.FindAsync(issueId, cancellationToken),
            FailureException.IssueNotFound,
            expectedRevisions,
            decide,
            cancellationToken);

    /// <summary>Finds the issue with the message, or null.</summary>
    public Task<OrderIssue?> FindWithMessageAsync(string orderId, EntityId messageId, CancellationToken cancellationToken) =>
        FindAsync(orderId, order => store.FindWithMessageAsync(order, messageId, cancellationToken));

    private async Task<OrderIssue> ChangeAsync(
        Func<Task<OrderIssue?>> find,
        Func<FailureException> notFound,
        IReadOnlyList<string>? expectedRevisions,
        Func<OrderIssue, IssueChange?> decide,
        CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        do
        {
            var issue = await find() ?? throw notFound();
            if (expectedRevisions?.Contains(issue.Revision) == false)
            {
                throw new FailureException(FailureCode.PreconditionFailed, "The issue has changed since it was in an expected state.");
            }

            if (Decided(decide, issue) is not { } change)
            {
                return issue;
            }

            var signed = change with { Caller = caller.Name };
            switch (await store.TryChangeAsync(expectedRevisions is null ? signed : signed.IfUnchangedSince(issue), cancellationToken))
            {
                case ChangeResult.Applied applied:
                    return applied.Issue;
                case ChangeResult.Full:
                    throw new FailureException(FailureCode.IssueFull, "The issue has no room left: no more messages, or no larger fields.");
            }
        }
        while (time.GetElapsedTime(start) < RetryTimeout);
        throw FailureException.Overloaded("Others kept changing this issue at the same time.");
    }

    private static IssueChange? Decided(Func<OrderIssue, IssueChange?> decide, OrderIssue issue)
    {
        try
        {
            return decide(issue);
        }
        catch (BrokenRuleException broken)
        {
            throw FailureException.OfRules(new ValidationFailure(broken.Field.Name, broken.Rule));
        }
    }

    /// <summary>Tries the order as sent, then cleaned.</summary>
    private static async Task<OrderIssue?> FindAsync(string orderId, Func<string, Task<OrderIssue?>> find)
    {
        foreach (var spelling in new[] { orderId, PlainText.Clean(orderId)!, PlainText.CleanIdentifier(orderId)! }.Distinct())
        {
            if (await find(spelling) is { } issue)
            {
                return issue;
            }
        }

        return null;
    }
}
