using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Common.Input;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Issues;

/// <summary>Changes an issue of an order: reads it, has the change decided, writes it on condition, and starts over where that fails.</summary>
internal sealed class IssueEditor(IOrderIssueStore store, TimeProvider time)
{
    /// <summary>How long other changes of the same issue may get in between before the request gives up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="orderId">The order.</param>
    /// <param name="issueId">Which of its issues; null: the newest.</param>
    /// <param name="decide">What the issue is to become. Called again with a fresher issue whenever another change came in between.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<OrderIssue> ChangeAsync(
        string orderId, string? issueId, Func<OrderIssue, IssueChange> decide, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        do
        {
            var issue = await FindAsync(orderId, issueId, cancellationToken)
                ?? throw new FailureException(FailureCode.IssueNotFound, "This order has no such issue.");
            switch (await store.TryChangeAsync(decide(issue), cancellationToken))
            {
                case ChangeResult.Applied applied:
                    return applied.Issue;
                case ChangeResult.Full:
                    throw new FailureException(FailureCode.IssueFull, "The issue has no room left: no more messages, or no larger fields.");
            }
        }
        while (time.GetElapsedTime(start) < Patience);

        throw new FailureException(FailureCode.Overloaded, "Others kept changing this issue at the same time.") { RetryAfter = TimeSpan.FromSeconds(1) };
    }

    /// <summary>The order as it is named, which another program may have stored so; else as this service would have stored it.</summary>
    private async Task<OrderIssue?> FindAsync(string orderId, string? issueId, CancellationToken cancellationToken) =>
        await store.FindOfOrderAsync(orderId, issueId, cancellationToken)
        ?? (PlainText.Clean(orderId) is { } clean && clean != orderId ? await store.FindOfOrderAsync(clean, issueId, cancellationToken) : null);
}
