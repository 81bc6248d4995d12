using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.MongoDb.Documents;
using OrderIssues.Infrastructure.MongoDb.Search;

namespace OrderIssues.Infrastructure.MongoDb;

internal sealed class MongoOrderIssueQueries(MongoDatabase database, MongoIssueReader reader, MongoSearch? search = null)
    : IOrderIssueQueries
{
    // Without a filter, MongoDB would read all documents to count them.
    private static readonly BsonDocument ById = new(FieldNames.Id, 1);

    public Task<IReadOnlyList<HistoryEntry>?> FindHistoryAsync(string issueId, CancellationToken cancellationToken) =>
        HistoryAsync(issueId, cancellationToken).OrUnavailableAsync();

    public Task<IssuePage> ListAsync(
        IssueFilter filter, IssueSort sort, IssuePosition? after, int limit, CancellationToken cancellationToken) => QueryAsync(
            filter,
            index => index.ListAsync(filter, sort, after, limit, cancellationToken),
            () => PageAsync(IssueQuery.Filter(filter), sort, after, limit, cancellationToken),
            cancellationToken);

    public Task<IReadOnlyList<OrderIssue>> ListHeadsOfOrderAsync(
        string orderId, DateTimeOffset createdFrom, int limit, CancellationToken cancellationToken) =>
        reader.HeadsOfOrderAsync(orderId, createdFrom, limit, cancellationToken).OrUnavailableAsync();

    public async Task<long> CountAsync(IssueFilter filter, CancellationToken cancellationToken) => (await QueryAsync<long?>(
        filter,
        index => index.CountAsync(filter, cancellationToken),
        async () => await database.Issues.CountDocumentsAsync(
            IssueQuery.Filter(filter),
            new CountOptions { MaxTime = MongoDatabase.QueryTimeout, Hint = filter.IsEmpty ? ById : null },
            cancellationToken),
        cancellationToken))!.Value;

    public Task<IReadOnlyList<IssueTally>> TallyAsync(
        IssueFilter filter, IReadOnlyList<IssueField> by, CancellationToken cancellationToken) => QueryAsync(
            filter,
            index => index.TallyAsync(filter, by, cancellationToken),
            () => TalliesAsync(TallyPipeline.Of(IssueQuery.Filter(filter) & IssueQuery.IsNotMerged, by), cancellationToken),
            cancellationToken);

    /// <summary>Asks the index of texts, or the database where it can't be used.</summary>
    private async Task<T> QueryAsync<T>(
        IssueFilter filter, Func<MongoSearch, Task<T?>> ask, Func<Task<T>> read, CancellationToken cancellationToken) =>
        search is not null && MongoSearch.Serves(filter) && await ask(search) is { } found
            ? found
            : await database.QueryAsync(read, cancellationToken).OrUnavailableAsync();

    /// <summary>Reads dated and undated issues as two parts.</summary>
    private async Task<IssuePage> PageAsync(
        FilterDefinition<BsonDocument> filter, IssueSort sort, IssuePosition? after, int limit, CancellationToken cancellationToken)
    {
        var parts = new[] { !sort.UndatedFirst, sort.UndatedFirst }
            .SkipWhile(isDated => after is { } position && isDated != position.Time is not null);
        var issues = new List<OrderIssue>();
        var page = IssuePage.Of(issues, limit, sort);
        foreach (var isDated in parts)
        {
            var from = after is { } position && isDated == position.Time is not null ? after : null;
            using var cursor = await database.Issues.FindAsync(
                filter & IssueQuery.PartOf(sort.By, isDated) & IssueQuery.After(from, sort),
                new FindOptions<BsonDocument, StoredDocument>
                {
                    Sort = IssueQuery.Order(sort, isDated),
                    Projection = StoredDocument.WithoutHistory,
                    Limit = limit + 1 - issues.Count,
                    BatchSize = limit + 2,
                    MaxTime = MongoDatabase.QueryTimeout,
                },
                cancellationToken);
            var before = issues.Count;
            while (page.Last is null && await cursor.MoveNextAsync(cancellationToken))
            {
                issues.AddRange(cursor.Current.Select(IssueDocument.ToIssue));
                page = IssuePage.Of(issues, limit, sort);
            }

            if (page.Last is { } last)
            {
                // The last issue may belong to the previous part.
                var isOfThisPart = page.Issues.Count > before;
                return page with { Last = last with { Time = isDated == isOfThisPart ? last.Time : null } };
            }
        }

        return page;
    }

    private async Task<IReadOnlyList<IssueTally>> TalliesAsync(
        PipelineDefinition<BsonDocument, BsonDocument> pipeline, CancellationToken cancellationToken)
    {
        var options = new AggregateOptions { MaxTime = MongoDatabase.QueryTimeout, AllowDiskUse = true };
        using var cursor = await database.Issues.AggregateAsync(pipeline, options, cancellationToken);
        return (await cursor.ToListAsync(cancellationToken)).ConvertAll(TallyPipeline.Read);
    }

    private async Task<IReadOnlyList<HistoryEntry>?> HistoryAsync(string issueId, CancellationToken cancellationToken) =>
        await database.Issues.Find(IssueQuery.Is(IssueField.IssueId, issueId) & IssueQuery.IsIssue)
            .Sort(IssueQuery.NewestFirst).Limit(1)
            .Project(Builders<BsonDocument>.Projection.Include(FieldNames.History)).FirstOrDefaultAsync(cancellationToken) is { } document
            ? HistoryDocument.ToEntries(document)
            : null;
}
