using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Reads issues without their history.</summary>
internal sealed class MongoIssueReader(MongoDatabase database, UndatedIssues undated)
{
    private static readonly SortDefinition<BsonDocument> UnmergedFirst = new BsonDocument(IssueField.MergedInto.Name, 1);

    /// <summary>Finds the newest match, dated or not.</summary>
    public async Task<OrderIssue?> NewestAsync(FilterDefinition<BsonDocument> filter, CancellationToken cancellationToken)
    {
        if (!undated.MayExist)
        {
            return await FirstAsync(filter, cancellationToken);
        }

        var dated = FirstAsync(filter & IssueQuery.Dated(IssueField.CreatedAt), cancellationToken);
        // Undated issues have no sort key, so all are read.
        var others = await AllAsync(filter & IssueQuery.Undated(IssueField.CreatedAt), cancellationToken);
        return OrderIssue.Newest(others.Append(await dated).OfType<OrderIssue>());
    }

    /// <summary>Finds the newest dated match.</summary>
    public async Task<OrderIssue?> FirstAsync(FilterDefinition<BsonDocument> filter, CancellationToken cancellationToken) =>
        await Find(database.Issues, filter).Sort(IssueQuery.NewestFirst).Limit(1).FirstOrDefaultAsync(cancellationToken) is { } found
            ? IssueDocument.ToIssue(found)
            : null;

    /// <summary>Finds all matches, which must be few.</summary>
    public async Task<IEnumerable<OrderIssue>> AllAsync(FilterDefinition<BsonDocument> filter, CancellationToken cancellationToken) =>
        (await Find(database.Issues, filter).ToListAsync(cancellationToken)).Select(IssueDocument.ToIssue);

    /// <summary>Finds a match once no failover can undo what is read.</summary>
    public async Task<OrderIssue?> FindOfMajorityAsync(FilterDefinition<BsonDocument> filter, CancellationToken cancellationToken) =>
        await Find(database.Issues.WithReadConcern(ReadConcern.Majority), filter).Sort(UnmergedFirst).FirstOrDefaultAsync(cancellationToken)
            is { } found
            ? IssueDocument.ToIssue(found)
            : null;

    /// <summary>Finds the newest of an order's issues that aren't merged, without their discussions.</summary>
    public async Task<IReadOnlyList<OrderIssue>> HeadsOfOrderAsync(
        string orderId, DateTimeOffset createdFrom, int limit, CancellationToken cancellationToken) =>
        (await database.Issues
            .Find(
                IssueQuery.OfOrder(orderId, issueId: null) & IssueQuery.IsIssue
                    & Builders<BsonDocument>.Filter.Gte(IssueField.CreatedAt.Name, FieldValues.Write(createdFrom)),
                new FindOptions { MaxTime = MongoDatabase.QueryTimeout })
            .Sort(IssueQuery.NewestFirst)
            .Limit(limit)
            .Project(StoredDocument.Head)
            .ToListAsync(cancellationToken)).ConvertAll(IssueDocument.ToIssue);

    private static IFindFluent<BsonDocument, StoredDocument> Find(
        IMongoCollection<BsonDocument> issues, FilterDefinition<BsonDocument> filter) =>
        issues.Find(filter & IssueQuery.IsIssue).Project(StoredDocument.WithoutHistory);
}
