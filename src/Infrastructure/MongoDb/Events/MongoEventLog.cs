using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Events;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Events;

/// <summary>Log that publishers append to soon after the changes.</summary>
internal sealed class MongoEventLog(EventSequence sequence, EventEpoch epoch, PublisherSignal signal, TimeProvider time) : IEventLog
{
    private const int MaxRemovedAtOnce = 1_000;
    private static readonly TimeSpan EpochInterval = TimeSpan.FromSeconds(10);
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    // What is read is never undone.
    private readonly IMongoCollection<BsonDocument> events = sequence.Events.WithReadConcern(ReadConcern.Majority);
    private volatile KnownEpoch? known;

    public Task<EventLogRange> GetRangeAsync(CancellationToken cancellationToken) => ReadRangeAsync(cancellationToken).OrUnavailableAsync();

    public Task<IReadOnlyList<IssueEvent>> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        FindAsync(after, limit, cancellationToken).OrUnavailableAsync();

    public Task<EventLogRange> WaitAsync(EventLogRange known, CancellationToken cancellationToken) =>
        signal.Published.WaitAsync(this, known, time, cancellationToken);

    public Task<int> RemoveAsync(DateTimeOffset recordedBefore, CancellationToken cancellationToken) =>
        DeleteAsync(recordedBefore, cancellationToken).OrUnavailableAsync();

    private async Task<EventLogRange> ReadRangeAsync(CancellationToken cancellationToken)
    {
        var latest = await EndAsync(-1, cancellationToken);
        if (known is not { } last || latest < last.Latest || time.GetElapsedTime(last.ReadAt) > EpochInterval)
        {
            last = new(await epoch.FindAsync(cancellationToken), latest, time.GetTimestamp());
        }

        known = last with { Latest = latest };
        return new EventLogRange(last.Name, latest == 0 ? 1 : await EndAsync(1, cancellationToken), latest);
    }

    /// <summary>Sequence of the first or the last event; 0 for none.</summary>
    private async Task<long> EndAsync(int direction, CancellationToken cancellationToken)
    {
        var first = await events.Find(FilterDefinition<BsonDocument>.Empty)
            .Sort(new BsonDocument(FieldNames.Id, direction))
            .Project(new BsonDocument(FieldNames.Id, 1))
            .FirstOrDefaultAsync(cancellationToken);
        return first?[FieldNames.Id].ToInt64() ?? 0;
    }

    private async Task<IReadOnlyList<IssueEvent>> FindAsync(long after, int limit, CancellationToken cancellationToken)
    {
        var found = await events.Find(Where.Gt(FieldNames.Id, after), new FindOptions { BatchSize = limit })
            .Sort(new BsonDocument(FieldNames.Id, 1))
            .Limit(limit)
            .ToListAsync(cancellationToken);
        return found.ConvertAll(EventDocument.ToEvent);
    }

    private async Task<int> DeleteAsync(DateTimeOffset recordedBefore, CancellationToken cancellationToken)
    {
        var oldest = await events.Find(FilterDefinition<BsonDocument>.Empty)
            .Sort(new BsonDocument(FieldNames.Id, 1))
            .Limit(MaxRemovedAtOnce)
            .Project(new BsonDocument(EventDocument.RecordedAt, 1))
            .ToListAsync(cancellationToken);
        var latest = await EndAsync(-1, cancellationToken);
        var old = oldest.TakeWhile(stored =>
            BsonValues.Time(stored[EventDocument.RecordedAt]) < recordedBefore && stored[FieldNames.Id].ToInt64() < latest).ToList();
        if (old.Count > 0)
        {
            await events.DeleteManyAsync(Where.Lte(FieldNames.Id, old[^1][FieldNames.Id]), cancellationToken);
        }

        return old.Count;
    }

    private sealed record KnownEpoch(string Name, long Latest, long ReadAt);
}
