using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>The issues in a MongoDB collection, which a Mongoose service may read and write at the same time.</summary>
internal sealed class MongoOrderIssueStore(MongoDatabase database, MongoIssueReader reader, IssueCounter counter) : IOrderIssueStore
{
    /// <summary>What MongoDB calls a push to what isn't a list or an expression it doesn't know, and a count of what isn't a number.</summary>
    private const int BadValue = 2;
    private const int TypeMismatch = 14;
    private const int MaxTries = 10;

    public Task<AddedIssue> AddAsync(OrderIssue issue, CancellationToken cancellationToken) =>
        InsertAsync(issue, cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindAsync(string issueId, CancellationToken cancellationToken) =>
        FirstAsync(new BsonDocument(Fields.IssueId, BsonValues.Matching(issueId)), cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindAsync(EntityId id, CancellationToken cancellationToken) =>
        FirstAsync(new BsonDocument(Fields.Id, BsonValues.Stored(id)), cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindWithMessageAsync(string orderId, EntityId messageId, CancellationToken cancellationToken) =>
        FirstAsync(new() { { Fields.OrderId, BsonValues.Matching(orderId) }, { Fields.MessageId, BsonValues.Stored(messageId) } }, cancellationToken)
        .OrUnavailableAsync();

    public Task<OrderIssue?> FindByOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken) =>
        (issueId is null
            ? NewestAsync(new(Fields.OrderId, BsonValues.Matching(orderId)), cancellationToken)
            : FirstAsync(
                new() { { Fields.IssueId, BsonValues.Matching(issueId) }, { Fields.OrderId, BsonValues.Matching(orderId) } }, cancellationToken))
        .OrUnavailableAsync();

    public Task<OrderIssue?> FindByTicketAsync(string system, string ticketId, CancellationToken cancellationToken) =>
        NewestAsync(IssueQuery.OfTicket(system, ticketId), cancellationToken).OrUnavailableAsync();

    public Task<ChangeResult> TryChangeAsync(IssueChange change, CancellationToken cancellationToken) =>
        ChangeAsync(new IssueUpdate(change), cancellationToken).OrUnavailableAsync();

    private async Task<AddedIssue> InsertAsync(OrderIssue issue, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var numbered = issue with { IssueId = await counter.NextAsync(cancellationToken) };
            var document = IssueDocument.From(numbered);
            try
            {
                await database.Issues.InsertOneAsync(document, null, cancellationToken);
                return new AddedIssue(numbered with { StoredBytes = document.ToBson().Length }, IsNew: true);
            }
            catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
            {
                if (await FirstAsync(new BsonDocument(Fields.Id, BsonValues.Stored(issue.Id)), cancellationToken) is { } present)
                {
                    return new AddedIssue(present, IsNew: false);
                }

                if (!await database.Issues.Find(new BsonDocument(Fields.IssueId, numbered.IssueId)).AnyAsync(cancellationToken))
                {
                    throw new FailureException(
                        FailureCode.ValidationFailed, "Another issue has the same value in a field that an index of the database keeps unique.");
                }

                await counter.CatchUpAsync(cancellationToken);
            }
        }

        throw new FailureException(FailureCode.Overloaded, "Others kept taking the numbers of issues.") { RetryAfter = TimeSpan.FromSeconds(1) };
    }

    /// <summary>MongoDB can't sort by the date of what has none, or has it in another form than a date: of those, every one is looked at.</summary>
    private async Task<OrderIssue?> NewestAsync(BsonDocument filter, CancellationToken cancellationToken)
    {
        var isDate = new BsonDocument("$type", "date");
        var dated = FirstAsync(new BsonDocument(filter).Add(Fields.CreatedAt, isDate), cancellationToken);
        var others = database.Issues.Find(new BsonDocument(filter).Add(Fields.CreatedAt, new BsonDocument("$not", isDate))).ToListAsync(cancellationToken);
        return OrderIssue.Newest((await others).Select(reader.Read).Append(await dated).OfType<OrderIssue>());
    }

    private async Task<OrderIssue?> FirstAsync(BsonDocument filter, CancellationToken cancellationToken) =>
        await reader.FirstAsync(filter, cancellationToken) is { } document ? reader.Read(document) : null;

    private async Task<ChangeResult> ChangeAsync(IssueUpdate update, CancellationToken cancellationToken)
    {
        var changed = await FindOneAndUpdateAsync(update.Condition, update.Update, cancellationToken);
        if (changed is null)
        {
            var current = await database.Issues.Find(update.Document).FirstOrDefaultAsync(cancellationToken);
            if (current is null || reader.Read(current) is not { } issue)
            {
                return new ChangeResult.Outdated();
            }

            if (update.IsIn(current))
            {
                return new ChangeResult.Applied(issue);
            }

            if (!update.IsGuardedBy(issue))
            {
                return new ChangeResult.Outdated();
            }

            if (!update.FitsInto(current))
            {
                return new ChangeResult.Full();
            }

            // Another program stored a value in a form of its own, or the server can't weigh documents.
            changed = await database.Issues.FindOneAndUpdateAsync<BsonDocument>(
                update.ConditionOn(current), update.UpdateOn(current, issue), Returning.After, cancellationToken);
        }

        return changed is not null && reader.Read(changed) is { } applied ? new ChangeResult.Applied(applied) : new ChangeResult.Outdated();
    }

    /// <summary>Null when nothing matches, or what matches has another form than the update expects.</summary>
    private async Task<BsonDocument?> FindOneAndUpdateAsync(BsonDocument condition, BsonDocument update, CancellationToken cancellationToken)
    {
        try
        {
            return await database.Issues.FindOneAndUpdateAsync<BsonDocument>(condition, update, Returning.After, cancellationToken);
        }
        catch (MongoCommandException exception) when (exception.Code is BadValue or TypeMismatch)
        {
            return null;
        }
    }

    private static class Returning
    {
        public static readonly FindOneAndUpdateOptions<BsonDocument> After = new() { ReturnDocument = ReturnDocument.After };
    }
}
