using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Reads issues without their history.</summary>
internal sealed class MongoIssueReader(MongoDatabase database, UndatedIssues undated)
{
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
        await Find(database.Issues.WithReadConcern(ReadConcern.Majority), filter).FirstOrDefaultAsync(cancellationToken) is { } found
            ? IssueDocument.ToIssue(found)
            : null;

    private static IFindFluent<BsonDocument, StoredDocument> Find(
        IMongoCollection<BsonDocument> issues, FilterDefinition<BsonDocument> filter) =>
        issues.Find(filter & IssueQuery.IsIssue).Project(StoredDocument.WithoutHistory);
}
