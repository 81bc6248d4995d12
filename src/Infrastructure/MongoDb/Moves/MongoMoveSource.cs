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
    MongoDatabase database, MovedCollections collections, MoveMarks marks, MongoFence fence, CounterDocument counter,
    StoredNumbers numbers, IEventLog log, EventSequence sequence, UnpublishedEntries entries, OtherChanges others)
    : IMoveSource
{
    private const int IssuesAtOnce = 100;
    private const int MaxRounds = 1_000;
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly FindOptions<BsonDocument> ById = new() { Sort = new BsonDocument(FieldNames.Id, 1), BatchSize = IssuesAtOnce };

    public string Name => collections.Name;

    public Task BeginAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken).OrUnavailableAsync();

    public Task<long> CountIssuesAsync(CancellationToken cancellationToken) => collections.CountIssuesAsync(cancellationToken);

    // The server sends at most 16 MiB at once.
    public async IAsyncEnumerable<IReadOnlyList<MovedIssue>> ReadIssuesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await LastIdAsync(cancellationToken).OrUnavailableAsync() is not { } last)
        {
            yield break;
        }

        using var issues = await database.LongRunning(database.Issues).WithReadConcern(ReadConcern.Majority)
            .FindAsync(IssueQuery.IsIssue & Where.Lte(FieldNames.Id, last), ById, cancellationToken).OrUnavailableAsync();
        while (await issues.MoveNextAsync(cancellationToken).OrUnavailableAsync())
        {
            yield return [.. issues.Current.Select(MovedDocuments.Read)];
        }
    }

    public Task<IReadOnlyList<MovedIssue>> FindIssuesAsync(IReadOnlyList<EntityId> ids, CancellationToken cancellationToken) =>
        MovedDocuments.FindAsync(database.Issues.WithReadConcern(ReadConcern.Majority), ids, cancellationToken).OrUnavailableAsync();

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
            stored.GetValue(EventDocument.Issue, null) is BsonObjectId id ? EntityId.Parse(id.ToString()!) : null,
            BsonValues.Time(stored[EventDocument.RecordedAt])!.Value));
    }

    public IAsyncEnumerable<IReadOnlyList<StoredRecord>> ReadRecordsAsync(CancellationToken cancellationToken) =>
        collections.ReadRecordsAsync(cancellationToken);

    public async Task<long> ReadCounterAsync(CancellationToken cancellationToken) => Math.Max(
        await counter.FindAsync(cancellationToken).OrUnavailableAsync() ?? 0,
        await numbers.HighestAsync(cancellationToken).OrUnavailableAsync());

    public Task<bool> IsFencedAsync(CancellationToken cancellationToken) => marks.IsFencedAsync(cancellationToken);

    public Task FenceAsync(CancellationToken cancellationToken) => SetFenceAsync(cancellationToken).OrUnavailableAsync();

    public Task<bool> ReleaseAsync(CancellationToken cancellationToken) => marks.ReleaseAsync(cancellationToken);

    private async Task<BsonValue?> LastIdAsync(CancellationToken cancellationToken) =>
        (await database.Issues.Find(IssueQuery.IsIssue)
            .Sort(new BsonDocument(FieldNames.Id, -1))
            .Project(new BsonDocument(FieldNames.Id, 1))
            .FirstOrDefaultAsync(cancellationToken))?[FieldNames.Id];

    // The first sweep ever only notes the time.
    private async Task<bool> PrepareAsync(CancellationToken cancellationToken)
    {
        if (await marks.FindMarkAsync(cancellationToken) is not null)
        {
            throw new MoveException($"A move into {Name} isn't finished.");
        }

        if (!await marks.IsFencedAsync(cancellationToken))
        {
            await others.SweepAsync(cancellationToken);
        }

        return true;
    }

    // What isn't in the log yet comes into it, most of it while writes are taken. A fence that is set in the end has nothing to publish.
    private async Task<bool> SetFenceAsync(CancellationToken cancellationToken)
    {
        if (!await marks.IsFencedAsync(cancellationToken))
        {
            for (var rounds = 0; rounds < MaxRounds && await entries.PublishAsync(cancellationToken) > 0; rounds++)
            {
            }

            await marks.NoteFenceAsync(cancellationToken);
        }

        await fence.SetAsync(collections.OfIssues, cancellationToken);
        if (!await fence.IsSetAsync(MovedCollections.OfLogAndRecords[^1], cancellationToken))
        {
            await entries.PublishAllAsync(cancellationToken);
            await others.SweepAsync(cancellationToken);
            await fence.SetAsync(MovedCollections.OfLogAndRecords, cancellationToken);
        }

        return true;
    }
}
