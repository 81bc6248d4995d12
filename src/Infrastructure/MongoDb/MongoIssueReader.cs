using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Reads issues from a collection with foreign documents.</summary>
internal sealed partial class MongoIssueReader(MongoDatabase database, ILogger<MongoIssueReader> logger)
{
    /// <summary>Reads an issue; logs others and returns null.</summary>
    public OrderIssue? Read(BsonDocument document)
    {
        var issue = IssueDocument.ToIssue(document);
        if (issue is null)
        {
            var id = document.GetValue(FieldNames.Id, BsonNull.Value).ToString()!;
            LogUnreadable(id);
        }

        return issue;
    }

    /// <summary>Finds the newest readable match and its document.</summary>
    public async Task<(OrderIssue Issue, BsonDocument Document)?> FirstAsync(
        FilterDefinition<BsonDocument> filter, Func<OrderIssue, bool> predicate, CancellationToken cancellationToken)
    {
        using var cursor = await database.Issues.FindAsync(
            filter, new FindOptions<BsonDocument> { Sort = IssueQuery.NewestFirst, BatchSize = 2 }, cancellationToken);
        while (await cursor.MoveNextAsync(cancellationToken))
        {
            foreach (var document in cursor.Current)
            {
                if (Read(document) is { } issue && predicate(issue))
                {
                    return (issue, document);
                }
            }
        }

        return null;
    }

    /// <summary>Finds the newest match, dated or not.</summary>
    public async Task<OrderIssue?> NewestAsync(
        FilterDefinition<BsonDocument> filter, Func<OrderIssue, bool> predicate, CancellationToken cancellationToken)
    {
        var dated = FirstAsync(filter & IssueQuery.Dated(IssueField.CreatedAt), predicate, cancellationToken);
        // Undated issues have no sort key, so all are read.
        var others = database.Issues.Find(filter & IssueQuery.Undated(IssueField.CreatedAt)).ToListAsync(cancellationToken);
        var undated = (await others).Select(Read).OfType<OrderIssue>().Where(predicate);
        return OrderIssue.Newest(undated.Append((await dated)?.Issue).OfType<OrderIssue>());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The document {Id} isn't an issue's, and is skipped")]
    private partial void LogUnreadable(string id);
}
