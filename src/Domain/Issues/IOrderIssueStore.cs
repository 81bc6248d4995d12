using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Domain.Issues;

/// <summary>
/// Where the issues are kept. Any number of callers, in any number of processes, may use one at the same time. What it acknowledged
/// outlives the process. A store that can't be reached fails with <c>store_unavailable</c>; then the call had no effect that a reader
/// could see half of.
/// </summary>
public interface IOrderIssueStore
{
    /// <summary>
    /// Takes a new issue in, with the first entry of its history, and numbers it: one more than the highest number given so far, the
    /// first being 1600001. No number is given twice. Where there is an issue of its <see cref="OrderIssue.Id"/> already, nothing is written.
    /// </summary>
    Task<AddedIssue> AddAsync(OrderIssue issue, CancellationToken cancellationToken);

    /// <summary>The issue of that number; null when there is none.</summary>
    Task<OrderIssue?> FindAsync(string issueId, CancellationToken cancellationToken);

    /// <summary>The issue of that id; null when there is none.</summary>
    Task<OrderIssue?> FindAsync(EntityId id, CancellationToken cancellationToken);

    /// <summary>The order's issue that has the message of that id (<see cref="DiscussionMessage.Id"/>) in its discussion; null when none has.</summary>
    Task<OrderIssue?> FindWithMessageAsync(string orderId, EntityId messageId, CancellationToken cancellationToken);

    /// <summary>The order's issue of that number, or its newest (<see cref="OrderIssue.Newest"/>) when no number is given; null when
    /// there is none.</summary>
    Task<OrderIssue?> FindByOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken);

    /// <summary>The newest issue (<see cref="OrderIssue.Newest"/>) of that ticket (<see cref="IssueDetails.IsOfTicket"/>); null when there is none.</summary>
    Task<OrderIssue?> FindByTicketAsync(string system, string ticketId, CancellationToken cancellationToken);

    /// <summary>
    /// Applies the change and its history entry, and counts <see cref="OrderIssue.Version"/> up by one, in one atomic operation, on
    /// condition that its guard holds and the issue stays within <see cref="IssueLimits"/>. Whatever the change doesn't name stays as it
    /// is, also what others wrote since the change was decided. A change with a message that is there already, by its id, counts as applied, and
    /// nothing is written.
    /// </summary>
    Task<ChangeResult> TryChangeAsync(IssueChange change, CancellationToken cancellationToken);
}

/// <summary>What became of an issue that was to be taken in.</summary>
/// <param name="Issue">The issue as a later read gives it; the one that was there already, where there was one.</param>
/// <param name="IsNew">Whether this call wrote it. Of any number of calls for one issue, one did.</param>
public sealed record AddedIssue(OrderIssue Issue, bool IsNew);

/// <summary>What became of an <see cref="IssueChange"/>.</summary>
public abstract record ChangeResult
{
    private ChangeResult()
    {
    }

    /// <summary>It took effect.</summary>
    /// <param name="Issue">The whole issue, right after it.</param>
    public sealed record Applied(OrderIssue Issue) : ChangeResult;

    /// <summary>Nothing changed: a value that it was decided from is another one by now, or the issue is gone. Read and decide again.</summary>
    public sealed record Outdated : ChangeResult;

    /// <summary>Nothing changed: the issue has no room for it (<see cref="IssueLimits"/>).</summary>
    public sealed record Full : ChangeResult;
}
