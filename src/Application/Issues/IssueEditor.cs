using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Issues;

/// <summary>Reads an issue, decides and writes a change, else retries.</summary>
internal sealed class IssueEditor(
    IOrderIssueStore store, IssueFinder finder, IssueStatuses statuses, ICaller caller, ChangeTurns turns, TimeProvider time)
{
    // Less than a request may take.
    private static readonly TimeSpan RetryTimeout = TimeSpan.FromSeconds(20);

    // Many changes of a large issue at once would fill the memory with it, so they take turns from the start.
    private const long MaxBytesAtOnce = 1024 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(1);

    /// <summary>Changes an issue of an order.</summary>
    /// <param name="request">State that the caller expects, and the try.</param>
    /// <param name="orderId">Order, as the caller spells it.</param>
    /// <param name="issueId">Number of the issue; null for the order's newest.</param>
    /// <param name="decide">Decides the change, again on a fresher issue whenever another change came in between.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<OrderIssue> ChangeAsync(
        ChangeRequest request,
        string orderId,
        string? issueId,
        Func<OrderIssue, IssueChange> decide,
        CancellationToken cancellationToken) =>
        ChangeAsync(
            request,
            () => finder.FindHeadByOrderAsync(orderId, issueId, cancellationToken),
            () => new FailureException(FailureCode.IssueNotFound, "This order has no such issue."),
            decide,
            cancellationToken);

    /// <summary>Changes an issue by its number.</summary>
    /// <param name="request">State that the caller expects, and the try.</param>
    /// <param name="issueId">Number of the issue.</param>
    /// <param name="decide">Decides the change; null leaves the issue as it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<OrderIssue> ChangeAsync(
        ChangeRequest request, string issueId, Func<OrderIssue, IssueChange?> decide, CancellationToken cancellationToken) =>
        ChangeAsync(
            request, () => store.FindHeadAsync(issueId, cancellationToken), FailureException.IssueNotFound, decide, cancellationToken);

    /// <summary>Takes the changed issue out of a result; null for an outdated change.</summary>
    /// <exception cref="FailureException">The issue is full.</exception>
    public static OrderIssue? IssueOf(ChangeResult result) => result switch
    {
        ChangeResult.Applied applied => applied.Issue,
        ChangeResult.Full => throw new FailureException(
            FailureCode.IssueFull, "The issue has no room left: no more messages, or no larger fields."),
        _ => null,
    };

    private async Task<OrderIssue> ChangeAsync(
        ChangeRequest request,
        Func<Task<OrderIssue?>> find,
        Func<FailureException> notFound,
        Func<OrderIssue, IssueChange?> decide,
        CancellationToken cancellationToken)
    {
        var first = await TryAsync(isFirst: true);
        if (first.Changed is { } changed)
        {
            return changed;
        }

        using var timeout = new CancellationTokenSource(RetryTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var turn = await turns.TakeAsync(first.Id, either.Token);
            for (var pause = FirstPause; ; pause = pause * 2 < MaxPause ? pause * 2 : MaxPause)
            {
                if ((await TryAsync(isFirst: false)).Changed is { } retried)
                {
                    return retried;
                }

                // Others outside this process may be at it, too.
                await Task.Delay(pause * Random.Shared.NextDouble(), time, either.Token);
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw FailureException.Overloaded("Others kept changing this issue at the same time.");
        }

        async Task<(EntityId Id, OrderIssue? Changed)> TryAsync(bool isFirst)
        {
            var named = await find() ?? throw notFound();
            var issue = !request.GoesToSurvivor
                ? named
                : await IssueFinder.FindSurvivorAsync(named, number => store.FindHeadAsync(number, cancellationToken)) ?? throw notFound();

            if (isFirst && request.Attempt is { IsFirst: false, TargetId: var id }
                && await store.FindWithChangeAsync(issue.OrderId, id, cancellationToken) is { } present)
            {
                return (issue.Id, present);
            }

            if (isFirst && issue.StoredBytes > MaxBytesAtOnce)
            {
                return (issue.Id, null);
            }

            var decided = Decided(decide, issue);
            ChangeRequest.RequireExpected(request.ExpectedRevisions, issue);
            if (decided is not { } change)
            {
                return (issue.Id, request.ReturnsHead ? issue : await store.FindAsync(issue.Id, cancellationToken));
            }

            var signed = change.SentTo(named) with
            {
                Caller = caller.Name,
                ReturnsHead = request.ReturnsHead,
                EntryId = change.Message is null ? request.Attempt?.TargetId : null,
            };
            var guarded = request.ExpectedRevisions is null ? signed : signed.IfUnchangedSince(issue);
            return (issue.Id, IssueCounts.Counted(issue, IssueOf(await store.TryChangeAsync(guarded, cancellationToken)), statuses));
        }
    }

    private static IssueChange? Decided(Func<OrderIssue, IssueChange?> decide, OrderIssue issue)
    {
        try
        {
            return decide(issue);
        }
        catch (MergedIssueException merged)
        {
            throw FailureException.IssueMerged(merged.Into);
        }
        catch (BrokenRuleException broken)
        {
            throw FailureException.OfRules(new ValidationFailure(broken.Field.Name, broken.Rule));
        }
    }
}
