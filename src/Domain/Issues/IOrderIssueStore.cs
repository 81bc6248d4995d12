using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Domain.Issues;

/// <summary>Store of the issues, for any number of processes.</summary>
/// <remarks>
/// Acknowledged writes outlive the process. A store that can't be reached fails with <c>store_unavailable</c>; no reader ever sees half of
/// a write.
/// </remarks>
public interface IOrderIssueStore
{
    /// <summary>Adds and numbers an issue, once for each id.</summary>
    /// <remarks>Numbers start at 1600001 and rise by one. No number is given twice.</remarks>
    Task<AddedIssue> AddAsync(OrderIssue issue, CancellationToken cancellationToken);

    /// <summary>Finds an issue by its number, or null.</summary>
    Task<OrderIssue?> FindAsync(string issueId, CancellationToken cancellationToken);

    /// <summary>Finds an issue by its id, or null.</summary>
    Task<OrderIssue?> FindAsync(EntityId id, CancellationToken cancellationToken);

    /// <summary>Finds the order's issue that has the change (<see cref="IssueChange.LastingId"/>), or null.</summary>
    /// <remarks>Of several, one that isn't merged: a copy of a message has its id.</remarks>
    Task<OrderIssue?> FindWithChangeAsync(string orderId, EntityId changeId, CancellationToken cancellationToken);

    /// <summary>Finds the order's issue of that number; without one, its newest that isn't merged.</summary>
    Task<OrderIssue?> FindByOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken);

    /// <summary>Finds the head of an issue, which is the issue without its discussion.</summary>
    Task<OrderIssue?> FindHeadAsync(string issueId, CancellationToken cancellationToken);

    /// <summary>Finds the head of the order's issue of that number; without one, of its newest that isn't merged.</summary>
    Task<OrderIssue?> FindHeadByOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken);

    /// <summary>Finds the newest issue of a ticket, or null.</summary>
    Task<OrderIssue?> FindByTicketAsync(string system, string ticketId, CancellationToken cancellationToken);

    /// <summary>Applies a change, its history entry and the next version atomically.</summary>
    /// <remarks>
    /// Applies only while the guard holds and the issue stays within <see cref="IssueLimits"/>. Fields that the change doesn't name stay as
    /// they are, also where others wrote them since. A change whose id is stored already counts as applied, and nothing is written.
    /// </remarks>
    Task<ChangeResult> TryChangeAsync(IssueChange change, CancellationToken cancellationToken);

    /// <summary>Appends a message as <see cref="TryChangeAsync"/> does, without reading the issue first.</summary>
    /// <returns><see cref="ChangeResult.Outdated"/> also where the issue must be read first.</returns>
    Task<ChangeResult> AddMessageAsync(NewMessage message, CancellationToken cancellationToken);
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
    /// <param name="Issue">Issue right after it; its head where no more was asked for.</param>
    public sealed record Applied(OrderIssue Issue) : ChangeResult;

    /// <summary>Guard failed, or issue gone: read and decide again.</summary>
    public sealed record Outdated : ChangeResult;

    /// <summary>Issue has no room (<see cref="IssueLimits"/>).</summary>
    public sealed record Full : ChangeResult;
}
