using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Reads issues from a collection with foreign documents.</summary>
internal sealed partial class MongoIssueReader(MongoDatabase database, UndatedIssues undated, ILogger<MongoIssueReader> logger)
{
    /// <summary>Reads an issue; logs others and returns null.</summary>
    public OrderIssue? Read(StoredDocument stored)
    {
        if (IssueDocument.ToIssue(stored) is { } issue)
        {
            return issue;
        }

        var id = stored.Document.GetValue(FieldNames.Id, BsonNull.Value).ToString()!;
        LogUnreadable(id);
        return null;
    }

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
        await database.Issues.Find(filter & IssueQuery.Readable).Sort(IssueQuery.NewestFirst).Limit(1)
            .Project(StoredDocument.WithoutHistory).FirstOrDefaultAsync(cancellationToken) is { } found
            ? Read(found)
            : null;

    /// <summary>Finds all matches, which must be few.</summary>
    public async Task<IEnumerable<OrderIssue>> AllAsync(FilterDefinition<BsonDocument> filter, CancellationToken cancellationToken) =>
        (await database.Issues.Find(filter).Project(StoredDocument.WithoutHistory).ToListAsync(cancellationToken))
        .Select(Read).OfType<OrderIssue>();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The document {Id} isn't an issue's, and is skipped")]
    private partial void LogUnreadable(string id);
}
