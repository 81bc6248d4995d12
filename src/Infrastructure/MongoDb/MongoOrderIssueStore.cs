using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>The issues in a MongoDB collection, which a Mongoose service may read and write at the same time.</summary>
internal sealed partial class MongoOrderIssueStore(
    MongoDatabase database, IssueCounter counter, ILogger<MongoOrderIssueStore> logger) : IOrderIssueStore
{
    /// <summary>What MongoDB calls a push to what isn't a list or an expression it doesn't know, and a count of what isn't a number.</summary>
    private const int BadValue = 2;
    private const int TypeMismatch = 14;

    private static readonly BsonDocument NewestFirst = new() { { Fields.CreatedAt, -1 }, { Fields.Id, -1 } };

    public Task<OrderIssue> AddAsync(OrderIssue issue, CancellationToken cancellationToken) =>
        InsertAsync(issue, cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindAsync(string issueId, CancellationToken cancellationToken) =>
        FirstAsync(new BsonDocument(Fields.IssueId, issueId), cancellationToken).OrUnavailableAsync();

    public Task<OrderIssue?> FindOfOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken) =>
        (issueId is null
            ? NewestAsync(orderId, cancellationToken)
            : FirstAsync(new BsonDocument { { Fields.IssueId, issueId }, { Fields.OrderId, orderId } }, cancellationToken)).OrUnavailableAsync();

    public Task<ChangeResult> TryChangeAsync(IssueChange change, CancellationToken cancellationToken) =>
        ChangeAsync(new IssueUpdate(change), cancellationToken).OrUnavailableAsync();

    private async Task<OrderIssue> InsertAsync(OrderIssue issue, CancellationToken cancellationToken)
    {
        while (true)
        {
            var numbered = issue with { IssueId = await counter.NextAsync(cancellationToken) };
            try
            {
                var document = IssueDocument.From(numbered);
                await database.Issues.InsertOneAsync(document, null, cancellationToken);
                return numbered with { StoredBytes = document.ToBson().Length };
            }
            catch (MongoWriteException exception) when (IsNumberTaken(exception))
            {
                await counter.CatchUpAsync(cancellationToken);
            }
        }
    }

    /// <summary>MongoDB sorts what has no date last, though its id may be newer than any date.</summary>
    private async Task<OrderIssue?> NewestAsync(string orderId, CancellationToken cancellationToken)
    {
        var candidates = await Task.WhenAll(
            FirstAsync(new() { { Fields.OrderId, orderId }, { Fields.CreatedAt, new BsonDocument("$ne", BsonNull.Value) } }, cancellationToken),
            FirstAsync(new() { { Fields.OrderId, orderId }, { Fields.CreatedAt, BsonNull.Value } }, cancellationToken));
        return OrderIssue.Newest(candidates.OfType<OrderIssue>());
    }

    /// <summary>The newest readable one of those that match.</summary>
    private async Task<OrderIssue?> FirstAsync(BsonDocument filter, CancellationToken cancellationToken)
    {
        using var cursor = await database.Issues.FindAsync(
            filter, new FindOptions<BsonDocument> { Sort = NewestFirst, BatchSize = 2 }, cancellationToken);
        while (await cursor.MoveNextAsync(cancellationToken))
        {
            if (cursor.Current.Select(Read).FirstOrDefault(issue => issue is not null) is { } issue)
            {
                return issue;
            }
        }

        return null;
    }

    private async Task<ChangeResult> ChangeAsync(IssueUpdate update, CancellationToken cancellationToken)
    {
        var changed = await FindOneAndUpdateAsync(update.Condition, update.Update, cancellationToken);
        if (changed is null)
        {
            var current = await database.Issues.Find(update.Issue).FirstOrDefaultAsync(cancellationToken);
            if (current is null || Read(current) is null || !update.IsGuardedBy(current))
            {
                return new ChangeResult.Outdated();
            }

            if (!update.FitsInto(current))
            {
                return new ChangeResult.Full();
            }

            // Another program stored a value in a form of its own, or the server can't weigh documents.
            changed = await database.Issues.FindOneAndUpdateAsync<BsonDocument>(
                update.ConditionOn(current), update.UpdateOn(current), Returning.After, cancellationToken);
        }

        return changed is not null && Read(changed) is { } applied ? new ChangeResult.Applied(applied) : new ChangeResult.Outdated();
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

    private OrderIssue? Read(BsonDocument document)
    {
        var issue = IssueDocument.ToIssue(document);
        if (issue is null)
        {
            var id = document.GetValue(Fields.Id, BsonNull.Value).ToString()!;
            LogUnreadable(id);
        }

        return issue;
    }

    private static bool IsNumberTaken(MongoWriteException exception) =>
        exception.WriteError?.Category == ServerErrorCategory.DuplicateKey && !exception.WriteError.Message.Contains(" index: _id_ ", StringComparison.Ordinal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The document {Id} isn't an issue's, and is skipped")]
    private partial void LogUnreadable(string id);

    private static class Returning
    {
        public static readonly FindOneAndUpdateOptions<BsonDocument> After = new() { ReturnDocument = ReturnDocument.After };
    }
}
