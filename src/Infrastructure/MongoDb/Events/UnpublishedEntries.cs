using System.Diagnostics.Metrics;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Events;

/// <summary>Publishes the history entries of changes that this service made.</summary>
internal sealed class UnpublishedEntries(MongoDatabase database, EventSequence sequence, TimeProvider time)
{
    /// <summary>Most issues whose entries are published at once.</summary>
    public const int BatchSize = 200;

    private static readonly Histogram<double> Lag = ServiceMeter.Meter.CreateHistogram<double>(
        "order_issue.event.lag", "s", "Time from a change to its event in the log.");

    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly FilterDefinition<BsonDocument> IsMarked = Where.Exists(FieldNames.Unpublished);
    private static readonly BulkWriteOptions Unordered = new() { IsOrdered = false };
    private static readonly SortDefinition<BsonDocument> OldestFirst = new BsonDocument(FieldNames.OwnUpdatedAt, 1);

    /// <summary>Publishes the entries of some issues, the longest unpublished first.</summary>
    /// <returns>Number of issues that had such entries.</returns>
    public async Task<int> PublishAsync(CancellationToken cancellationToken)
    {
        var issues = await Marked(EventDocument.Unpublished).Limit(BatchSize).ToListAsync(cancellationToken);
        if (issues.Count == 0)
        {
            return 0;
        }

        var now = time.GetUtcNow();
        var events = issues.ConvertAll(issue => EventDocument.OfEntries(issue, now));
        var all = events.SelectMany(ofIssue => ofIssue).ToList();
        await sequence.AppendAsync(all, cancellationToken);
        foreach (var published in all)
        {
            Lag.Record((now - BsonValues.Time(published[EventDocument.At])!.Value).TotalSeconds);
        }

        await UnmarkAsync(issues.Zip(events, (issue, published) => new Published(issue, published.Count)).ToList(), cancellationToken);
        return issues.Count;
    }

    /// <summary>Publishes the entries of all issues, which keep their marks: nothing is written to the issues any more.</summary>
    public async Task PublishAllAsync(CancellationToken cancellationToken)
    {
        using var marked = await Marked(EventDocument.AllUnpublished).ToCursorAsync(cancellationToken);
        while (await marked.MoveNextAsync(cancellationToken))
        {
            var now = time.GetUtcNow();
            await sequence.AppendAsync([.. marked.Current.SelectMany(issue => EventDocument.OfEntries(issue, now))], cancellationToken);
        }
    }

    private IAggregateFluent<BsonDocument> Marked(BsonDocument projection) => database.Issues.Aggregate()
        .Match(IsMarked & IssueQuery.IsIssue)
        .Sort(OldestFirst)
        .Project<BsonDocument>(projection);

    /// <summary>Takes the marks away, or moves them to the entries that came since.</summary>
    // Written by majority after the events: no failover loses an event whose mark is gone.
    private async Task UnmarkAsync(List<Published> all, CancellationToken cancellationToken)
    {
        var unmarked = await database.Issues.BulkWriteAsync(
            all.Select(issue => issue.Update("$lte", Builders<BsonDocument>.Update.Unset(FieldNames.Unpublished))),
            Unordered,
            cancellationToken);
        if (unmarked.ModifiedCount < all.Count)
        {
            await database.Issues.BulkWriteAsync(
                all.Select(issue => issue.Update("$gt", Builders<BsonDocument>.Update.Set(FieldNames.Unpublished, issue.Next))),
                Unordered,
                cancellationToken);
        }
    }

    private sealed record Published(BsonDocument Issue, int Count)
    {
        public int Next => EventDocument.FirstPlaceOf(Issue) + Count;

        /// <summary>Updates the issue if it has the mark still, and its history has so many entries.</summary>
        public WriteModel<BsonDocument> Update(string comparison, UpdateDefinition<BsonDocument> update)
        {
            var size = new BsonDocument("$size", IssueExpressions.ListAt(FieldNames.History));
            return new UpdateOneModel<BsonDocument>(
                Where.Eq(FieldNames.Id, Issue[FieldNames.Id])
                    & Where.Eq(FieldNames.Unpublished, Issue[FieldNames.Unpublished])
                    & new BsonDocument("$expr", new BsonDocument(comparison, new BsonArray { size, Next })),
                update);
        }
    }
}
