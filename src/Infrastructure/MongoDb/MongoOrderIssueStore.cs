using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.MongoDb.Creates;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Store that a Mongoose service may share.</summary>
internal sealed class MongoOrderIssueStore(MongoDatabase database, MongoIssueReader reader, IssueInserter inserter) : IOrderIssueStore
{
    /// <summary>Error codes for wrong types and unknown expressions.</summary>
    private const int BadValue = 2;
    private const int TypeMismatch = 14;
    private static readonly FindOneAndUpdateOptions<BsonDocument> ReturnAfter = new() { ReturnDocument = ReturnDocument.After };

    public Task<AddedIssue> AddAsync(OrderIssue issue, CancellationToken cancellationToken) =>
        inserter.AddAsync(issue, cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindAsync(string issueId, CancellationToken cancellationToken) =>
        FirstAsync(IssueQuery.Is(IssueField.IssueId, issueId), cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindAsync(EntityId id, CancellationToken cancellationToken) =>
        FirstAsync(IssueQuery.HasId(id), cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindWithMessageAsync(string orderId, EntityId messageId, CancellationToken cancellationToken) =>
        FirstAsync(
            IssueQuery.Is(IssueField.OrderId, orderId)
            & Builders<BsonDocument>.Filter.Eq(FieldNames.MessageId, FieldValues.Write(messageId)),
            cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindByOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken) =>
        (issueId is null
            // Not the one whose order is a list with this one in it.
            ? reader.NewestAsync(IssueQuery.Is(IssueField.OrderId, orderId), issue => issue.OrderId == orderId, cancellationToken)
            : FirstAsync(IssueQuery.Is(IssueField.IssueId, issueId) & IssueQuery.Is(IssueField.OrderId, orderId), cancellationToken))
        .OrUnavailableAsync();

    public Task<OrderIssue?> FindByTicketAsync(string system, string ticketId, CancellationToken cancellationToken) =>
        reader.NewestAsync(
            IssueQuery.Is(IssueField.TicketId, ticketId),
            issue => InLowerCase(issue).IsOfTicket(system, ticketId),
            cancellationToken).OrUnavailableAsync();

    public Task<ChangeResult> TryChangeAsync(IssueChange change, CancellationToken cancellationToken) =>
        ChangeAsync(new IssueUpdate(change), cancellationToken).OrUnavailableAsync();

    // Other programs may have stored upper case.
    private static OrderIssue InLowerCase(OrderIssue issue) =>
        issue with { Channel = issue.Channel?.ToLowerInvariant(), Source = issue.Source?.ToLowerInvariant() };

    private async Task<OrderIssue?> FirstAsync(FilterDefinition<BsonDocument> filter, CancellationToken cancellationToken) =>
        (await reader.FirstAsync(filter, _ => true, cancellationToken))?.Issue;

    private async Task<ChangeResult> ChangeAsync(IssueUpdate update, CancellationToken cancellationToken)
    {
        var changed = await FindOneAndUpdateAsync(update.Condition, update.Changes, cancellationToken);
        if (changed is null)
        {
            var current = await database.Issues.Find(update.ById).FirstOrDefaultAsync(cancellationToken);
            if (current is null || reader.Read(current) is not { } issue)
            {
                return new ChangeResult.Outdated();
            }

            if (update.IsMessageIn(current))
            {
                return new ChangeResult.Applied(issue);
            }

            if (!update.GuardHolds(issue))
            {
                return new ChangeResult.Outdated();
            }

            if (!update.FitsInto(current))
            {
                return new ChangeResult.Full();
            }

            // Another program stored a value in a form of its own, or the server can't weigh documents.
            changed = await database.Issues.FindOneAndUpdateAsync(
                update.ConditionFor(current), update.ChangesFor(current, issue), ReturnAfter, cancellationToken);
        }

        return changed is not null && reader.Read(changed) is { } applied ? new ChangeResult.Applied(applied) : new ChangeResult.Outdated();
    }

    /// <summary>Updates a document; null for none or malformed.</summary>
    private async Task<BsonDocument?> FindOneAndUpdateAsync(
        FilterDefinition<BsonDocument> condition, UpdateDefinition<BsonDocument> update, CancellationToken cancellationToken)
    {
        try
        {
            return await database.Issues.FindOneAndUpdateAsync(condition, update, ReturnAfter, cancellationToken);
        }
        catch (MongoCommandException exception) when (exception.Code is BadValue or TypeMismatch)
        {
            return null;
        }
    }
}
