using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Domain.Issues;

/// <summary>Store of the issues. Any number of callers, in any number of processes, may use one at the same time.</summary>
/// <remarks>
/// Acknowledged writes outlive the process. A store that can't be reached fails with <c>store_unavailable</c>; no reader ever sees half
/// of a write.
/// </remarks>
public interface IOrderIssueStore
{
    /// <summary>Adds an issue with the first entry of its history, and numbers it. An id that is taken already writes nothing.</summary>
    /// <remarks>Numbers start at 1600001 and rise by one. No number is given twice.</remarks>
    Task<AddedIssue> AddAsync(OrderIssue issue, CancellationToken cancellationToken);

    /// <summary>Finds an issue by its number; null when there is none.</summary>
    Task<OrderIssue?> FindAsync(string issueId, CancellationToken cancellationToken);

    /// <summary>Finds an issue by its id; null when there is none.</summary>
    Task<OrderIssue?> FindAsync(EntityId id, CancellationToken cancellationToken);

    /// <summary>Finds the order's issue that has the message of that id (<see cref="DiscussionMessage.Id"/>); null when none has.</summary>
    Task<OrderIssue?> FindWithMessageAsync(string orderId, EntityId messageId, CancellationToken cancellationToken);

    /// <summary>
    /// Finds the order's issue of that number, or its newest one (<see cref="OrderIssue.Newest"/>); null when there is none.
    /// </summary>
    Task<OrderIssue?> FindByOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken);

    /// <summary>Finds the newest issue of a ticket (<see cref="IssueDetails.IsOfTicket"/>); null when there is none.</summary>
    Task<OrderIssue?> FindByTicketAsync(string system, string ticketId, CancellationToken cancellationToken);

    /// <summary>
    /// Applies a change and its history entry, and raises <see cref="StoredIssue.Version"/> by one, in one atomic operation.
    /// </summary>
    /// <remarks>
    /// Applies only while the guard holds and the issue stays within <see cref="IssueLimits"/>. Fields that the change doesn't name stay as
    /// they are, also where others wrote them since. A message that is stored already counts as applied, and nothing is written.
    /// </remarks>
    Task<ChangeResult> TryChangeAsync(IssueChange change, CancellationToken cancellationToken);
}

/// <summary>Outcome of <see cref="IOrderIssueStore.AddAsync"/>.</summary>
/// <param name="Issue">Issue as a later read gives it; the present one where there was one.</param>
/// <param name="IsNew">True for the call that wrote it. Of any number of calls for one issue, one did.</param>
public sealed record AddedIssue(OrderIssue Issue, bool IsNew);

/// <summary>Outcome of an <see cref="IssueChange"/>.</summary>
public abstract record ChangeResult
{
    private ChangeResult()
    {
    }

    /// <summary>Change took effect.</summary>
    /// <param name="Issue">Whole issue right after it.</param>
    public sealed record Applied(OrderIssue Issue) : ChangeResult;

    /// <summary>Nothing changed: the guard failed, or the issue is gone. Read and decide again.</summary>
    public sealed record Outdated : ChangeResult;

    /// <summary>Nothing changed: the issue has no room for it (<see cref="IssueLimits"/>).</summary>
    public sealed record Full : ChangeResult;
}
