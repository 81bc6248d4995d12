using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application.Moves;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Moves;

/// <summary>Whole issues as documents.</summary>
internal static class MovedDocuments
{
    public static async Task<IReadOnlyList<MovedIssue>> FindAsync(
        IMongoCollection<BsonDocument> issues, IReadOnlyList<EntityId> ids, CancellationToken cancellationToken)
    {
        var found = await issues
            .Find(Builders<BsonDocument>.Filter.In(FieldNames.Id, ids.Select(id => FieldValues.Write(id))))
            .ToListAsync(cancellationToken);
        return found.ConvertAll(Read);
    }

    public static BsonDocument Write(MovedIssue moved) => IssueDocument.From(moved.Issue, moved.History.Select(HistoryDocument.From));

    /// <summary>Reads an issue as every store can have it.</summary>
    // Another program may have left out dates, and not have counted messages.
    public static MovedIssue Read(BsonDocument document)
    {
        var issue = IssueDocument.ToIssue(new StoredDocument(document, 0));
        var history = HistoryDocument.ToEntries(document);
        return new MovedIssue(
            issue with
            {
                CreatedAt = issue.CreatedAt ?? issue.Id.Timestamp,
                UpdatedAt = issue.UpdatedAt ?? issue.Id.Timestamp,
                Version = Math.Max(issue.Version, Math.Max(issue.OwnMessages.Count(), history.Count - 1)),
            },
            history);
    }
}
