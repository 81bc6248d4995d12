using System.Runtime.CompilerServices;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Moves;
using OrderIssues.Domain.Events;
using OrderIssues.Infrastructure.MongoDb.Creates;
using OrderIssues.Infrastructure.MongoDb.Documents;
using OrderIssues.Infrastructure.MongoDb.Events;

namespace OrderIssues.Infrastructure.MongoDb.Moves;

internal sealed class MongoMoveSource(
    MongoDatabase database, MovedCollections collections, MongoFence fence, CounterDocument counter, StoredNumbers numbers, IEventLog log,
    EventSequence sequence, UnpublishedEntries entries, OtherChanges others)
    : IMoveSource
{
    private const int IssuesAtOnce = 100;
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly FindOptions<BsonDocument> ById = new() { Sort = new BsonDocument(FieldNames.Id, 1), BatchSize = IssuesAtOnce };

    public string Name => collections.Name;

    public Task<long> CountIssuesAsync(CancellationToken cancellationToken) => collections.CountIssuesAsync(cancellationToken);

    // The server sends at most 16 MiB at once.
    public async IAsyncEnumerable<IReadOnlyList<MovedIssue>> ReadIssuesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await LastIdAsync(cancellationToken).OrUnavailableAsync() is not { } last)
        {
            yield break;
        }

        using var issues = await database.LongRunning(database.Issues)
            .FindAsync(IssueQuery.IsIssue & Where.Lte(FieldNames.Id, last), ById, cancellationToken).OrUnavailableAsync();
        while (await issues.MoveNextAsync(cancellationToken).OrUnavailableAsync())
        {
            yield return [.. issues.Current.Select(MovedDocuments.Read)];
        }
    }

    public Task<IReadOnlyList<MovedIssue>> FindIssuesAsync(IReadOnlyList<EntityId> ids, CancellationToken cancellationToken) =>
        MovedDocuments.FindAsync(database.Issues, ids, cancellationToken).OrUnavailableAsync();

    public Task<EventLogRange> GetLogAsync(CancellationToken cancellationToken) => log.GetRangeAsync(cancellationToken);

    public async Task<IReadOnlyList<MovedEvent>> ReadEventsAsync(long after, int limit, CancellationToken cancellationToken)
    {
        var found = await sequence.Events.WithReadConcern(ReadConcern.Majority)
            .Find(Where.Gt(FieldNames.Id, after))
            .Sort(new BsonDocument(FieldNames.Id, 1))
            .Limit(limit)
            .ToListAsync(cancellationToken).OrUnavailableAsync();
        return found.ConvertAll(stored => new MovedEvent(
            EventDocument.ToEvent(stored),
            EntityId.Parse(stored[EventDocument.Issue].ToString()!),
            BsonValues.Time(stored[EventDocument.RecordedAt])!.Value));
    }

    public IAsyncEnumerable<IReadOnlyList<StoredRecord>> ReadRecordsAsync(CancellationToken cancellationToken) =>
        collections.ReadRecordsAsync(cancellationToken);

    public async Task<long> ReadCounterAsync(CancellationToken cancellationToken) => Math.Max(
        await counter.FindAsync(cancellationToken).OrUnavailableAsync() ?? 0,
        await numbers.HighestAsync(cancellationToken).OrUnavailableAsync());

    public Task FenceAsync(CancellationToken cancellationToken) => SetFenceAsync(cancellationToken).OrUnavailableAsync();

    public Task<bool> ReleaseAsync(CancellationToken cancellationToken) => collections.ReleaseAsync(cancellationToken);

    private async Task<BsonValue?> LastIdAsync(CancellationToken cancellationToken) =>
        (await database.Issues.Find(IssueQuery.IsIssue)
            .Sort(new BsonDocument(FieldNames.Id, -1))
            .Project(new BsonDocument(FieldNames.Id, 1))
            .FirstOrDefaultAsync(cancellationToken))?[FieldNames.Id];

    private async Task<bool> SetFenceAsync(CancellationToken cancellationToken)
    {
        // Most of what isn't in the log yet comes into it while writes are taken.
        while (await entries.PublishAsync(cancellationToken) == UnpublishedEntries.BatchSize)
        {
        }

        await fence.SetAsync(collections.OfIssues, cancellationToken);
        await entries.PublishAllAsync(cancellationToken);
        await others.SweepAsync(cancellationToken);
        await fence.SetAsync(MovedCollections.Others, cancellationToken);
        return true;
    }
}
