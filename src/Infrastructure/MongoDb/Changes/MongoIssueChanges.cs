using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Changes;

/// <summary>Changes issues, in one trip where it can.</summary>
internal sealed class MongoIssueChanges(MongoDatabase database, MongoIssueReader reader, UndatedIssues undated)
{
    // Servers of MongoDB's protocol may lack $bsonSize; on them, large issues take more trips.
    private volatile bool canWeigh = true;

    /// <summary>Applies a change while its guard holds and there is room.</summary>
    public async Task<ChangeResult> TryAsync(IssueChange change, CancellationToken cancellationToken) =>
        await UpdateAsync(change, update => update.Condition, update => update.Change, cancellationToken) is { } changed
            ? Applied(changed.Stored)
            : await TryOnKnownAsync(new IssueUpdate(change, canWeigh), cancellationToken);

    /// <summary>Appends a message without reading first; <see cref="ChangeResult.Outdated"/> where that can't be done.</summary>
    public async Task<ChangeResult> AddMessageAsync(NewMessage message, CancellationToken cancellationToken)
    {
        if (message.IssueId is null && undated.MayExist)
        {
            return new ChangeResult.Outdated();
        }

        // The id tells whether the message was appended.
        var identified = message with { Id = message.Id ?? EntityId.New(message.Now) };
        var newest = await UpdateAsync(
            identified.ChangeOf(new() { Id = default, OrderId = message.OrderId }),
            _ => IssueQuery.OfOrder(message.OrderId, message.IssueId) & IssueQuery.IsNotMerged & IssueQuery.IsIssue,
            update => update.ChangeIfPossible,
            cancellationToken);
        return newest is { } found && found.Update.IsMadeIn(found.Stored.Document) ? Applied(found.Stored) : new ChangeResult.Outdated();
    }

    private async Task<ChangeResult> TryOnKnownAsync(IssueUpdate update, CancellationToken cancellationToken)
    {
        var current = await database.Issues.Find(update.ById).Project(StoredDocument.Whole).FirstOrDefaultAsync(cancellationToken);
        if (current is null)
        {
            return new ChangeResult.Outdated();
        }

        var issue = IssueDocument.ToIssue(current);
        if (update.IsMadeIn(current.Document))
        {
            // Acknowledged once no failover can undo it; until then the next try looks again.
            return await reader.FindOfMajorityAsync(update.ById & update.IsMade, cancellationToken) is { } present
                ? new ChangeResult.Applied(present)
                : new ChangeResult.Outdated();
        }

        if (!update.GuardHolds(issue))
        {
            return new ChangeResult.Outdated();
        }

        if (!update.FitsInto(current))
        {
            return new ChangeResult.Full();
        }

        // Another program stored a guarded value in a form of its own, or the server can't weigh the issue.
        var changed = await UpdateAsync(update.ConditionFor(current.Document), update.Change, cancellationToken);
        return changed is null ? new ChangeResult.Outdated() : Applied(changed);
    }

    private static ChangeResult.Applied Applied(StoredDocument changed) => new(IssueDocument.ToIssue(changed));

    private async Task<(StoredDocument Stored, IssueUpdate Update)?> UpdateAsync(
        IssueChange change,
        Func<IssueUpdate, FilterDefinition<BsonDocument>> condition,
        Func<IssueUpdate, UpdateDefinition<BsonDocument>> changes,
        CancellationToken cancellationToken)
    {
        var weighs = canWeigh;
        var update = new IssueUpdate(change, weighs);
        try
        {
            return await UpdateAsync(condition(update), changes(update), cancellationToken) is { } changed ? (changed, update) : null;
        }
        catch (MongoCommandException exception) when (weighs && exception.Message.Contains("$bsonSize", StringComparison.Ordinal))
        {
            canWeigh = false;
            return await UpdateAsync(change, condition, changes, cancellationToken);
        }
    }

    private Task<StoredDocument?> UpdateAsync(
        FilterDefinition<BsonDocument> condition, UpdateDefinition<BsonDocument> update, CancellationToken cancellationToken) =>
        database.Issues.FindOneAndUpdateAsync(
            condition,
            update,
            new FindOneAndUpdateOptions<BsonDocument, StoredDocument?>
            {
                ReturnDocument = ReturnDocument.After,
                Sort = IssueQuery.NewestFirst,
                Projection = StoredDocument.WithoutHistory!,
            },
            cancellationToken);
}
