using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Issues;

/// <summary>Changes an issue: reads it, has the change decided, writes it on condition, and starts over where that fails.</summary>
internal sealed class IssueEditor(IOrderIssueStore store, ICaller caller, TimeProvider time)
{
    /// <summary>How long other changes of the same issue may get in between before the request gives up.</summary>
    public static readonly TimeSpan RetryTimeout = TimeSpan.FromSeconds(10);

    /// <param name="orderId">The order.</param>
    /// <param name="issueId">Which of its issues; null: the newest.</param>
    /// <param name="ifMatch">The states (<see cref="OrderIssue.State"/>) of which the issue must be in one; null: any.</param>
    /// <param name="decide">What the issue is to become. Called again with a fresher issue whenever another change came in between.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<OrderIssue> ChangeAsync(
        string orderId, string? issueId, IReadOnlyList<string>? ifMatch, Func<OrderIssue, IssueChange> decide, CancellationToken cancellationToken) =>
        ChangeAsync(
            () => FindAsync(orderId, order => store.FindByOrderAsync(order, issueId, cancellationToken)), "This order has no such issue.", ifMatch, decide, cancellationToken);

    /// <inheritdoc cref="ChangeAsync(string, string?, IReadOnlyList{string}?, Func{OrderIssue, IssueChange}, CancellationToken)"/>
    /// <param name="issueId">The issue.</param>
    /// <param name="ifMatch">Likewise.</param>
    /// <param name="decide">Likewise; null where the issue is to stay as it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<OrderIssue> ChangeAsync(
        string issueId, IReadOnlyList<string>? ifMatch, Func<OrderIssue, IssueChange?> decide, CancellationToken cancellationToken) =>
        ChangeAsync(() => store.FindAsync(issueId, cancellationToken), "There is no issue of this number.", ifMatch, decide, cancellationToken);

    /// <summary>The issue of the order, whichever it is, that has the message of that id already; null when none has.</summary>
    public Task<OrderIssue?> FindWithMessageAsync(string orderId, EntityId messageId, CancellationToken cancellationToken) =>
        FindAsync(orderId, order => store.FindWithMessageAsync(order, messageId, cancellationToken));

    private async Task<OrderIssue> ChangeAsync(
        Func<Task<OrderIssue?>> find,
        string notFound,
        IReadOnlyList<string>? ifMatch,
        Func<OrderIssue, IssueChange?> decide,
        CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        do
        {
            var issue = await find() ?? throw new FailureException(FailureCode.IssueNotFound, notFound);
            if (ifMatch?.Contains(issue.State) == false)
            {
                throw new FailureException(FailureCode.PreconditionFailed, "The issue has changed since it was in the state that If-Match names.");
            }

            if (decide(issue) is not { } change)
            {
                return issue;
            }

            var signed = change with { Caller = caller.Name };
            switch (await store.TryChangeAsync(ifMatch is null ? signed : signed.IfUnchangedSince(issue), cancellationToken))
            {
                case ChangeResult.Applied applied:
                    return applied.Issue;
                case ChangeResult.Full:
                    throw new FailureException(FailureCode.IssueFull, "The issue has no room left: no more messages, or no larger fields.");
            }
        }
        while (time.GetElapsedTime(start) < RetryTimeout);

        throw new FailureException(FailureCode.Overloaded, "Others kept changing this issue at the same time.") { RetryAfter = TimeSpan.FromSeconds(1) };
    }

    /// <summary>The order as it is named, which another program may have stored so; else as this service would have stored it.</summary>
    private static async Task<OrderIssue?> FindAsync(string orderId, Func<string, Task<OrderIssue?>> find) =>
        await find(orderId) ?? (PlainText.Clean(orderId) is { } clean && clean != orderId ? await find(clean) : null);
}
