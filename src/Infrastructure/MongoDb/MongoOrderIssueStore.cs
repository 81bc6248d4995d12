using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.MongoDb.Changes;
using OrderIssues.Infrastructure.MongoDb.Creates;
using OrderIssues.Infrastructure.MongoDb.Documents;
using OrderIssues.Infrastructure.MongoDb.Events;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Store that a Mongoose service may share.</summary>
internal sealed class MongoOrderIssueStore(
    MongoIssueReader reader, MongoIssueChanges changes, IssueInserter inserter, PublisherSignal signal)
    : IOrderIssueStore
{
    public Task<AddedIssue> AddAsync(OrderIssue issue, CancellationToken cancellationToken) =>
        AnnounceAsync(inserter.AddAsync(issue, cancellationToken)).OrUnavailableAsync();

    public Task<OrderIssue?> FindAsync(string issueId, CancellationToken cancellationToken) =>
        reader.FirstAsync(IssueQuery.Is(IssueField.IssueId, issueId), cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindAsync(EntityId id, CancellationToken cancellationToken) =>
        reader.FirstAsync(IssueQuery.HasId(id), cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindWithChangeAsync(string orderId, EntityId changeId, CancellationToken cancellationToken) =>
        reader.FindOfMajorityAsync(IssueQuery.OfOrder(orderId) & IssueQuery.HasChange(changeId), cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindByOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken) =>
        (issueId is null
            ? reader.NewestAsync(IssueQuery.OfOrder(orderId, issueId), cancellationToken)
            : reader.FirstAsync(IssueQuery.OfOrder(orderId, issueId), cancellationToken))
        .OrUnavailableAsync();

    // The size of an issue tells whether its changes must take turns, and only the whole document has it.
    public Task<OrderIssue?> FindHeadAsync(string issueId, CancellationToken cancellationToken) => FindAsync(issueId, cancellationToken);

    public Task<OrderIssue?> FindHeadByOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken) =>
        FindByOrderAsync(orderId, issueId, cancellationToken);

    public Task<OrderIssue?> FindByTicketAsync(string system, string ticketId, CancellationToken cancellationToken) =>
        NewestOfTicketAsync(system, ticketId, cancellationToken).OrUnavailableAsync();

    public Task<ChangeResult> TryChangeAsync(IssueChange change, CancellationToken cancellationToken) =>
        AnnounceAsync(changes.TryAsync(change, cancellationToken)).OrUnavailableAsync();

    public Task<ChangeResult> AddMessageAsync(NewMessage message, CancellationToken cancellationToken) =>
        AnnounceAsync(changes.AddMessageAsync(message, cancellationToken)).OrUnavailableAsync();

    /// <summary>Has the event of a write published at once.</summary>
    private async Task<T> AnnounceAsync<T>(Task<T> write)
    {
        var result = await write;
        signal.Changed.Give();
        return result;
    }

    private async Task<OrderIssue?> NewestOfTicketAsync(string system, string ticketId, CancellationToken cancellationToken)
    {
        var issues = await reader.AllAsync(IssueQuery.Is(IssueField.TicketId, ticketId), cancellationToken);
        return OrderIssue.Newest(issues.Where(issue => InLowerCase(issue).IsOfTicket(system, ticketId)));
    }

    // Other programs may have stored upper case.
    private static OrderIssue InLowerCase(OrderIssue issue) =>
        issue with { Channel = issue.Channel?.ToLowerInvariant(), Source = issue.Source?.ToLowerInvariant() };
}
