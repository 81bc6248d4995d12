using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.MongoDb.Creates;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Store that a Mongoose service may share.</summary>
internal sealed class MongoOrderIssueStore(MongoIssueReader reader, MongoIssueChanges changes, IssueInserter inserter)
    : IOrderIssueStore
{
    public Task<AddedIssue> AddAsync(OrderIssue issue, CancellationToken cancellationToken) =>
        inserter.AddAsync(issue, cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindAsync(string issueId, CancellationToken cancellationToken) =>
        reader.FirstAsync(IssueQuery.Is(IssueField.IssueId, issueId), cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindAsync(EntityId id, CancellationToken cancellationToken) =>
        reader.FirstAsync(IssueQuery.HasId(id), cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindWithChangeAsync(string orderId, EntityId changeId, CancellationToken cancellationToken) =>
        reader.FindOfMajorityAsync(IssueQuery.OfOrder(orderId) & IssueQuery.HasChange(changeId), cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindByOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken) =>
        (issueId is null
            ? reader.NewestAsync(IssueQuery.OfOrder(orderId), cancellationToken)
            : reader.FirstAsync(IssueQuery.OfOrder(orderId, issueId), cancellationToken))
        .OrUnavailableAsync();

    public Task<OrderIssue?> FindByTicketAsync(string system, string ticketId, CancellationToken cancellationToken) =>
        NewestOfTicketAsync(system, ticketId, cancellationToken).OrUnavailableAsync();

    public Task<ChangeResult> TryChangeAsync(IssueChange change, CancellationToken cancellationToken) =>
        changes.TryAsync(change, cancellationToken).OrUnavailableAsync();

    public Task<ChangeResult> AddMessageAsync(NewMessage message, CancellationToken cancellationToken) =>
        changes.AddMessageAsync(message, cancellationToken).OrUnavailableAsync();

    private async Task<OrderIssue?> NewestOfTicketAsync(string system, string ticketId, CancellationToken cancellationToken)
    {
        var issues = await reader.AllAsync(IssueQuery.Is(IssueField.TicketId, ticketId), cancellationToken);
        return OrderIssue.Newest(issues.Where(issue => InLowerCase(issue).IsOfTicket(system, ticketId)));
    }

    // Other programs may have stored upper case.
    private static OrderIssue InLowerCase(OrderIssue issue) =>
        issue with { Channel = issue.Channel?.ToLowerInvariant(), Source = issue.Source?.ToLowerInvariant() };
}
