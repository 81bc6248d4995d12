using System.Runtime.CompilerServices;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Moves;
using OrderIssues.Infrastructure.MongoDb.Documents;
using OrderIssues.Infrastructure.MongoDb.Events;
using OrderIssues.Infrastructure.MongoDb.Records;

namespace OrderIssues.Infrastructure.MongoDb.Moves;

/// <summary>Collections of a store that is moved.</summary>
internal sealed class MovedCollections(MongoDatabase database, TimeProvider time)
{
    private const int RecordsAtOnce = 100;
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    // https://www.mongodb.com/docs/manual/core/schema-validation/bypass-document-validation/
    private static readonly BulkWriteOptions PastTheFence = new() { IsOrdered = false, BypassDocumentValidation = true };
    private static readonly FindOptions<BsonDocument> InBatches = new() { BatchSize = RecordsAtOnce };

    public string Name => $"the MongoDB database {database.Database.DatabaseNamespace.DatabaseName}";

    public IReadOnlyList<string> OfIssues => [database.Issues.CollectionNamespace.CollectionName];

    /// <summary>Collections of the log and of the records.</summary>
    public static IReadOnlyList<string> OfLogAndRecords => [EventSequence.CollectionName, .. MongoRecordStore.Collections];

    public Task<long> CountIssuesAsync(CancellationToken cancellationToken) =>
        database.LongRunning(database.Issues).CountDocumentsAsync(IssueQuery.IsIssue, null, cancellationToken).OrUnavailableAsync();

    public async IAsyncEnumerable<IReadOnlyList<StoredRecord>> ReadRecordsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isLasting = Where.Not(Where.Lte(RecordLayout.ExpiresAt, FieldValues.Write(time.GetUtcNow())));
        foreach (var name in MongoRecordStore.Collections)
        {
            using var found = await database.Database.GetCollection<BsonDocument>(name)
                .FindAsync(isLasting, InBatches, cancellationToken).OrUnavailableAsync();
            while (await found.MoveNextAsync(cancellationToken).OrUnavailableAsync())
            {
                yield return
                [
                    .. found.Current.Select(document => MongoRecordStore.ToRecord(name, document)).OfType<StoredRecord>()
                        .Where(record => MovedRecords.Include(record.Kind)),
                ];
            }
        }
    }

    public async Task<bool> HasRecordsAsync(CancellationToken cancellationToken)
    {
        await foreach (var batch in ReadRecordsAsync(cancellationToken))
        {
            if (batch.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Removes all records that move with the issues.</summary>
    public async Task RemoveRecordsAsync(CancellationToken cancellationToken)
    {
        await foreach (var batch in ReadRecordsAsync(cancellationToken))
        {
            foreach (var kind in batch.GroupBy(record => record.Kind))
            {
                var layout = MongoRecordStore.LayoutOf(kind.Key);
                var ids = kind.Select(record => layout.IdOf(kind.Key, record.Key));
                await CollectionOf(layout).DeleteManyAsync(Where.In(FieldNames.Id, ids), cancellationToken);
            }
        }
    }

    public async Task WriteRecordsAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken)
    {
        foreach (var kind in records.GroupBy(record => record.Kind))
        {
            var layout = MongoRecordStore.LayoutOf(kind.Key);
            var documents = kind.Select(record => layout.ToDocument(record with { Version = null }));
            await PutAsync(CollectionOf(layout), documents, cancellationToken);
        }
    }

    /// <summary>Writes documents in the place of those with their ids, also behind the fence.</summary>
    /// <exception cref="MoveException">A unique index refuses one.</exception>
    public static async Task PutAsync(
        IMongoCollection<BsonDocument> collection, IEnumerable<BsonDocument> documents, CancellationToken cancellationToken)
    {
        var writes = documents.Select(document => new ReplaceOneModel<BsonDocument>(
            Where.Eq(FieldNames.Id, document[FieldNames.Id]),
            document)
        {
            IsUpsert = true,
        }).ToList();
        try
        {
            await (writes.Count == 0 ? Task.CompletedTask : collection.BulkWriteAsync(writes, PastTheFence, cancellationToken));
        }
        catch (MongoBulkWriteException exception) when (
            exception.WriteErrors.Any(error => error.Category == ServerErrorCategory.DuplicateKey))
        {
            throw new MoveException(
                $"A unique index of {collection.CollectionNamespace} refuses what is to be moved: another document has the same value.");
        }
    }

    private IMongoCollection<BsonDocument> CollectionOf(RecordLayout layout) =>
        database.Database.GetCollection<BsonDocument>(layout.Collection);
}
