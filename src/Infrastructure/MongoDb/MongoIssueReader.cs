using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Reads the issues of a collection that may hold documents of others.</summary>
internal sealed partial class MongoIssueReader(MongoDatabase database, ILogger<MongoIssueReader> logger)
{
    private static readonly BsonDocument NewestFirst = new() { { Fields.CreatedAt, -1 }, { Fields.Id, -1 } };

    /// <summary>Null, and a line in the log, when the document isn't an issue's.</summary>
    public OrderIssue? Read(BsonDocument document)
    {
        var issue = IssueDocument.ToIssue(document);
        if (issue is null)
        {
            var id = document.GetValue(Fields.Id, BsonNull.Value).ToString()!;
            LogUnreadable(id);
        }

        return issue;
    }

    /// <summary>The newest readable one of those that match.</summary>
    public async Task<BsonDocument?> FirstAsync(BsonDocument filter, CancellationToken cancellationToken)
    {
        using var cursor = await database.Issues.FindAsync(
            filter, new FindOptions<BsonDocument> { Sort = NewestFirst, BatchSize = 2 }, cancellationToken);
        while (await cursor.MoveNextAsync(cancellationToken))
        {
            if (cursor.Current.FirstOrDefault(document => Read(document) is not null) is { } document)
            {
                return document;
            }
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The document {Id} isn't an issue's, and is skipped")]
    private partial void LogUnreadable(string id);
}
