using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Events;

/// <summary>Appends events under sequences without gaps, from any number of processes.</summary>
// An event has the number after the last one, which only one process can take, and no entry of an issue's history has two events.
internal sealed class EventSequence(MongoDatabase database)
{
    public const string CollectionName = "orderissueevents";

    private static readonly SortDefinition<BsonDocument> LatestFirst = new BsonDocument(FieldNames.Id, -1);

    private static readonly CreateIndexModel<BsonDocument> OncePerEntry =
        new(new BsonDocument { { EventDocument.Issue, 1 }, { EventDocument.Entry, 1 } }, new CreateIndexOptions { Unique = true });

    private volatile bool isPrepared;

    public IMongoCollection<BsonDocument> Events { get; } = database.Database.GetCollection<BsonDocument>(CollectionName);

    /// <summary>Makes the index without which nothing is appended.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!isPrepared)
        {
            await database.LongRunning(Events).Indexes.CreateOneAsync(OncePerEntry, null, cancellationToken);
            isPrepared = true;
        }
    }

    /// <summary>Appends events in their order, but for those that are there already.</summary>
    public async Task AppendAsync(IReadOnlyList<BsonDocument> events, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var next = await LatestAsync(cancellationToken) + 1;
        for (var done = 0; done < events.Count;)
        {
            var batch = events.Skip(done).Select((appended, i) => new BsonDocument(FieldNames.Id, next + i).AddRange(appended)).ToList();
            try
            {
                await Events.InsertManyAsync(batch, cancellationToken: cancellationToken);
                return;
            }
            catch (MongoBulkWriteException<BsonDocument> exception) when (
                exception is { WriteConcernError: null, WriteErrors: [{ Category: ServerErrorCategory.DuplicateKey } error] })
            {
                done += error.Index;
                var latest = await LatestAsync(cancellationToken);
                if (latest < next + error.Index)
                {
                    // The number was free, so the entry has its event.
                    done++;
                }

                next = latest + 1;
            }
        }
    }

    private async Task<long> LatestAsync(CancellationToken cancellationToken) =>
        await Events.Find(FilterDefinition<BsonDocument>.Empty).Sort(LatestFirst).FirstOrDefaultAsync(cancellationToken) is { } latest
            ? latest[FieldNames.Id].ToInt64()
            : 0;
}
