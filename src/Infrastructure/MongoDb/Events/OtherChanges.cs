using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application.Common.Records;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Events;

/// <summary>Finds what other programs changed, by a time of update that this service didn't set.</summary>
internal sealed class OtherChanges(MongoDatabase database, EventSequence sequence, IRecordStore store, TimeProvider time)
{
    private const string Key = "sweep";
    private const int PageSize = 1_000;

    // Clocks differ, and what was written first may be seen last.
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(2);
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly BsonDocument InOrder = new() { { IssueField.UpdatedAt.Name, 1 }, { FieldNames.Id, 1 } };

    private static readonly BsonDocument IsOfOthers = BsonDocument.Parse($$"""
        { "$expr": { "$ne": ["$updatedAt", "${{FieldNames.OwnUpdatedAt}}"] } }
        """);

    private readonly Records<SweepPlace> places = new(store, RecordKinds.EventLog);

    /// <summary>Publishes what was changed since the last sweep.</summary>
    // The log begins with the first sweep: what happened before makes no events.
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (place, isNew) = await places.PutIfAbsentAsync(new() { Key = Key, Value = new(now) });
        if (isNew)
        {
            return;
        }

        var from = place.Value.Until - LookBack > place.Value.Start ? place.Value.Until - LookBack : place.Value.Start;
        var isLater = Where.Gte(IssueField.UpdatedAt.Name, FieldValues.Write(from));
        while (await FindAsync(isLater, cancellationToken) is { Count: > 0 } changed)
        {
            var events = changed.ConvertAll(issue => EventDocument.OfOther(issue, now));
            await sequence.AppendAsync(await WithoutKnownAsync(events, cancellationToken), cancellationToken);
            var last = changed[^1];
            isLater = Where.Gt(IssueField.UpdatedAt.Name, last[IssueField.UpdatedAt.Name])
                | (Where.Eq(IssueField.UpdatedAt.Name, last[IssueField.UpdatedAt.Name]) & Where.Gt(FieldNames.Id, last[FieldNames.Id]));
        }

        await places.PutIfVersionAsync(place with { Value = place.Value with { Until = now } });
    }

    private Task<List<BsonDocument>> FindAsync(FilterDefinition<BsonDocument> isLater, CancellationToken cancellationToken) =>
        database.Issues.Aggregate(new AggregateOptions { MaxTime = MongoDatabase.QueryTimeout })
            .Match(isLater & Where.Type(IssueField.UpdatedAt.Name, BsonType.DateTime) & IssueQuery.IsIssue & IsOfOthers)
            .Sort(InOrder)
            .Limit(PageSize)
            .Project<BsonDocument>(EventDocument.State)
            .ToListAsync(cancellationToken);

    // Each sweep sees the same changes again for two minutes.
    private async Task<IReadOnlyList<BsonDocument>> WithoutKnownAsync(List<BsonDocument> events, CancellationToken cancellationToken)
    {
        static (BsonValue, BsonValue) IdentityOf(BsonDocument stored) => (stored[EventDocument.Issue], stored[EventDocument.Entry]);
        var known = await sequence.Events
            .Find(Where.In(EventDocument.Issue, events.Select(stored => stored[EventDocument.Issue]))
                & Where.Type(EventDocument.Entry, BsonType.DateTime))
            .Project(new BsonDocument { { EventDocument.Issue, 1 }, { EventDocument.Entry, 1 } })
            .ToListAsync(cancellationToken);
        var identities = known.Select(IdentityOf).ToHashSet();
        return events.FindAll(stored => !identities.Contains(IdentityOf(stored)));
    }

    /// <param name="Start">Time of the first sweep.</param>
    private sealed record SweepPlace(DateTimeOffset Start)
    {
        /// <summary>Time of the last sweep.</summary>
        public DateTimeOffset Until { get; init; } = Start;
    }
}
