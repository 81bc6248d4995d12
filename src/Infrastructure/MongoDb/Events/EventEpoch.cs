using MongoDB.Bson;
using OrderIssues.Application.Common.Records;

namespace OrderIssues.Infrastructure.MongoDb.Events;

/// <summary>Name of the log, which is another once its collection was dropped or restored.</summary>
internal sealed class EventEpoch(MongoDatabase database, IRecordStore store)
{
    private const string Key = "epoch";
    private readonly Records<Epoch> epochs = new(store, RecordKinds.EventLog);

    public async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var collection = await CollectionIdAsync(cancellationToken);
            // Found first: a store that takes no writes has a name all the same.
            var record = await epochs.FindAsync(Key)
                ?? (await epochs.PutIfAbsentAsync(new() { Key = Key, Value = new(NewName(), collection) })).Record;
            if (record.Value.Collection == collection)
            {
                return record.Value.Name;
            }

            await epochs.PutIfVersionAsync(record with { Value = new(NewName(), collection) });
        }
    }

    /// <summary>Name of the log, whatever its collection; null for none.</summary>
    public async Task<string?> FindNameAsync() => (await epochs.FindAsync(Key))?.Value.Name;

    /// <summary>Gives the log of the present collection a name.</summary>
    public async Task SetAsync(string name, CancellationToken cancellationToken)
    {
        var epoch = new Epoch(name, await CollectionIdAsync(cancellationToken));
        while (true)
        {
            var (record, isNew) = await epochs.PutIfAbsentAsync(new() { Key = Key, Value = epoch });
            if (isNew || await epochs.PutIfVersionAsync(record with { Value = epoch }) is not null)
            {
                return;
            }
        }
    }

    private static string NewName() => ObjectId.GenerateNewId().ToString();

    // https://www.mongodb.com/docs/manual/reference/command/listCollections/#output
    private async Task<string?> CollectionIdAsync(CancellationToken cancellationToken)
    {
        var found = await database.Database.ListCollectionsAsync(
            new() { Filter = new BsonDocument("name", EventSequence.CollectionName) }, cancellationToken);
        while (await found.MoveNextAsync(cancellationToken))
        {
            foreach (var collection in found.Current)
            {
                return collection.GetValue("info", new BsonDocument()).AsBsonDocument.GetValue("uuid", null)?.ToString();
            }
        }

        return null;
    }

    private sealed record Epoch(string Name, string? Collection);
}
