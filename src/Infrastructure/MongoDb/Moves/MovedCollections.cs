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
internal sealed class MovedCollections(MongoDatabase database, MongoFence fence, TimeProvider time)
{
    private const int RecordsAtOnce = 100;
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly FindOptions<BsonDocument> InBatches = new() { BatchSize = RecordsAtOnce };
    private static readonly FilterDefinition<BsonDocument> IsMark = Where.Eq(FieldNames.Id, MarkId);

    public string Name => $"the MongoDB database {database.Database.DatabaseNamespace.DatabaseName}";

    public IReadOnlyList<string> OfIssues => [database.Issues.CollectionNamespace.CollectionName];

    /// <summary>Collections of the log and of the records.</summary>
    public static IReadOnlyList<string> Others => [EventSequence.CollectionName, .. MongoRecordStore.Collections];

    private static BsonDocument MarkId => CommonLayout.IdOf(MovedRecords.Mark, "target");

    private IMongoCollection<BsonDocument> Marks => CollectionOf(new CommonLayout());

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

    public IMongoCollection<BsonDocument> CollectionOf(RecordLayout layout) =>
        database.Database.GetCollection<BsonDocument>(layout.Collection);

    /// <summary>Name of the log of the store that is being moved into this one; null for none.</summary>
    public async Task<string?> FindMarkAsync(CancellationToken cancellationToken) =>
        (await Marks.Find(IsMark).FirstOrDefaultAsync(cancellationToken).OrUnavailableAsync())?["content"].AsString;

    public Task PutMarkAsync(string epoch, CancellationToken cancellationToken) => Marks.InsertOneAsync(
        new BsonDocument { { FieldNames.Id, MarkId }, { "content", epoch } }, null, cancellationToken);

    public Task RemoveMarkAsync(CancellationToken cancellationToken) => Marks.DeleteOneAsync(IsMark, cancellationToken);

    public Task FenceAsync(CancellationToken cancellationToken) => fence.SetAsync([.. OfIssues, .. Others], cancellationToken);

    /// <exception cref="MoveException">A move into the database isn't finished.</exception>
    public async Task<bool> ReleaseAsync(CancellationToken cancellationToken) =>
        await FindMarkAsync(cancellationToken) is null
            ? await fence.ReleaseAsync([.. OfIssues, .. Others], cancellationToken)
            : throw new MoveException($"The move into {Name} isn't finished: run it again, or drop the database.");
}
