using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Moves;
using OrderIssues.Infrastructure.MongoDb.Creates;
using OrderIssues.Infrastructure.MongoDb.Documents;
using OrderIssues.Infrastructure.MongoDb.Events;

namespace OrderIssues.Infrastructure.MongoDb.Moves;

/// <summary>Database that is filled behind its own fence, so that no service writes to it before the end.</summary>
internal sealed class MongoMoveTarget(
    MongoDatabase database, MovedCollections collections, MongoFence fence, MongoIndexes indexes, EventSequence sequence, EventEpoch epochs,
    CounterDocument counter)
    : IMoveTarget
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly FilterDefinition<BsonDocument> Any = FilterDefinition<BsonDocument>.Empty;

    // https://www.mongodb.com/docs/manual/core/schema-validation/bypass-document-validation/
    private static readonly BulkWriteOptions PastTheFence = new() { IsOrdered = false, BypassDocumentValidation = true };

    public string Name => collections.Name;

    public Task BeginAsync(string epoch, CancellationToken cancellationToken) => OrUnavailableAsync(async () =>
    {
        var mark = await collections.FindMarkAsync(cancellationToken);
        if (mark is null && await IsEmptyAsync(cancellationToken))
        {
            await collections.PutMarkAsync(epoch, cancellationToken);
        }
        else if (mark != epoch)
        {
            throw new MoveException($"{Name} has issues of its own, or those of another store: name one that is empty.");
        }

        await indexes.CreateAsync(cancellationToken);
        await sequence.PrepareAsync(cancellationToken);
        await collections.FenceAsync(cancellationToken);
    });

    public Task<long> CountIssuesAsync(CancellationToken cancellationToken) => collections.CountIssuesAsync(cancellationToken);

    public Task<IReadOnlyList<MovedIssue>> FindIssuesAsync(IReadOnlyList<EntityId> ids, CancellationToken cancellationToken) =>
        MovedDocuments.FindAsync(database.Issues, ids, cancellationToken).OrUnavailableAsync();

    public Task WriteIssuesAsync(IReadOnlyList<MovedIssue> issues, CancellationToken cancellationToken) =>
        OrUnavailableAsync(() => PutAsync(database.Issues, issues.Select(MovedDocuments.Write), cancellationToken));

    public async Task<long> GetLastEventAsync(CancellationToken cancellationToken)
    {
        var last = sequence.Events.Find(Any).Sort(new BsonDocument(FieldNames.Id, -1)).FirstOrDefaultAsync(cancellationToken);
        return (await last.OrUnavailableAsync())?[FieldNames.Id].ToInt64() ?? 0;
    }

    public Task WriteEventsAsync(IReadOnlyList<MovedEvent> events, CancellationToken cancellationToken) => OrUnavailableAsync(() =>
        sequence.Events.InsertManyAsync(
            events.Select(EventDocument.From), new InsertManyOptions { BypassDocumentValidation = true }, cancellationToken));

    public Task RemoveRecordsAsync(CancellationToken cancellationToken) => OrUnavailableAsync(async () =>
    {
        await foreach (var batch in collections.ReadRecordsAsync(cancellationToken))
        {
            foreach (var kind in batch.GroupBy(record => record.Kind))
            {
                var layout = MongoRecordStore.LayoutOf(kind.Key);
                var ids = kind.Select(record => layout.IdOf(kind.Key, record.Key));
                await collections.CollectionOf(layout).DeleteManyAsync(Where.In(FieldNames.Id, ids), cancellationToken);
            }
        }
    });

    public Task WriteRecordsAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken) =>
        OrUnavailableAsync(async () =>
        {
            foreach (var kind in records.GroupBy(record => record.Kind))
            {
                var layout = MongoRecordStore.LayoutOf(kind.Key);
                var documents = kind.Select(record => layout.ToDocument(record with { Version = null }));
                await PutAsync(collections.CollectionOf(layout), documents, cancellationToken);
            }
        });

    public Task FinishAsync(string epoch, long last, CancellationToken cancellationToken) => OrUnavailableAsync(async () =>
    {
        await counter.RaiseAsync(last, cancellationToken);
        await fence.ReleaseAsync([.. collections.OfIssues, .. MovedCollections.Others], cancellationToken);
        await epochs.SetAsync(epoch, cancellationToken);
        await collections.RemoveMarkAsync(cancellationToken);
    });

    private static Task<bool> OrUnavailableAsync(Func<Task> work)
    {
        return RunAsync().OrUnavailableAsync();

        async Task<bool> RunAsync()
        {
            await work();
            return true;
        }
    }

    private async Task<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        !await database.Issues.Find(Any).AnyAsync(cancellationToken) && !await sequence.Events.Find(Any).AnyAsync(cancellationToken);

    private static async Task PutAsync(
        IMongoCollection<BsonDocument> collection, IEnumerable<BsonDocument> documents, CancellationToken cancellationToken)
    {
        var writes = documents.Select(document => new ReplaceOneModel<BsonDocument>(
            Where.Eq(FieldNames.Id, document[FieldNames.Id]),
            document)
        {
            IsUpsert = true,
        }).ToList();
        if (writes.Count > 0)
        {
            await collection.BulkWriteAsync(writes, PastTheFence, cancellationToken);
        }
    }
}
