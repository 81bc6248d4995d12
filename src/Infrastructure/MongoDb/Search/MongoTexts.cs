using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Events;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.MongoDb.Documents;
using OrderIssues.Infrastructure.MongoDb.Events;
using OrderIssues.Infrastructure.Search;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.MongoDb.Search;

/// <summary>Reads what searches look through from the documents.</summary>
// What is read is never undone.
internal sealed class MongoTexts(MongoDatabase database, EventSequence sequence, IEventLog log) : IIndexedTexts
{
    /// <summary>Actions that leave all messages as they were before.</summary>
    private static readonly IReadOnlyList<string> KeepMessages =
        [HistoryActions.Created, HistoryActions.StatusChanged, HistoryActions.Confirmed, HistoryActions.MessageAdded];

    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly BsonDocument InOrder = new(FieldNames.Id, 1);

    private readonly IMongoCollection<BsonDocument> events = sequence.Events.WithReadConcern(ReadConcern.Majority);
    private readonly IMongoCollection<BsonDocument> issues = database.Issues.WithReadConcern(ReadConcern.Majority);

    public EventLogRange ReadRange(CancellationToken cancellationToken) => Wait(log.GetRangeAsync(cancellationToken));

    public string? ReadEvent(long sequence, CancellationToken cancellationToken) =>
        Wait(events.Find(Where.Eq(FieldNames.Id, sequence)).FirstOrDefaultAsync(cancellationToken)) is { } found ? NameOf(found) : null;

    // By their ids, which the index has in that order while it is made.
    public long? PutIssues(SqliteSession index, long after, CancellationToken cancellationToken)
    {
        var isLater = IssueRows.IdOf(index, after) is { } id ? Where.Gt(FieldNames.Id, ObjectId.Parse(id)) : Where.Empty;
        long? last = null;
        var bytes = 0L;
        ForEach(
            issues.Find(isLater & IssueQuery.IsIssue).Sort(InOrder).Limit(IIndexedTexts.MaxIssues),
            issue =>
            {
                last = IssueRows.Put(index, issue, keepsMessages: true);
                return (bytes += issue.StoredBytes) <= IIndexedTexts.MaxBytes;
            },
            cancellationToken);
        return last;
    }

    public IndexedChanges? PutChanges(SqliteSession index, string epoch, long after, long upTo, CancellationToken cancellationToken)
    {
        var isIn = Where.Gt(FieldNames.Id, after) & Where.Lte(FieldNames.Id, upTo);
        var found = Wait(events.Find(isIn).Sort(InOrder).ToListAsync(cancellationToken));
        if (found.Count < upTo - after || ReadRange(cancellationToken).Epoch != epoch)
        {
            return null;
        }

        var missing = found.Select(IssueOf).ToHashSet();
        var rewritten = found.Where(stored => !KeepMessages.Contains(ActionOf(stored))).Select(IssueOf).ToHashSet();
        ForEach(
            issues.Find(Where.In(FieldNames.Id, missing)),
            issue =>
            {
                var id = FieldValues.Write(issue.Id);
                missing.Remove(id);
                IssueRows.Put(index, issue, keepsMessages: !rewritten.Contains(id));
                return true;
            },
            cancellationToken);
        foreach (var id in missing)
        {
            IssueRows.Remove(index, id.ToString()!);
        }

        return new IndexedChanges(NameOf(found[^1]), found.Exists(stored => ActionOf(stored) == HistoryActions.Erased));
    }

    private static BsonValue IssueOf(BsonDocument stored) => stored[EventDocument.Issue];

    private static string ActionOf(BsonDocument stored) => stored[EventDocument.Action].AsString;

    private static string NameOf(BsonDocument stored) => $"{IssueOf(stored)} {stored[EventDocument.Entry]} {ActionOf(stored)}";

    /// <summary>Reads issues without their history, as many at once as the server likes, until one is enough.</summary>
    private static void ForEach(
        IFindFluent<BsonDocument, BsonDocument> found, Func<OrderIssue, bool> goesOn, CancellationToken cancellationToken)
    {
        using var cursor = Wait(found.Project(StoredDocument.WithoutHistory).ToCursorAsync(cancellationToken));
        while (Wait(cursor.MoveNextAsync(cancellationToken)))
        {
            if (!cursor.Current.Select(ToIssue).All(goesOn))
            {
                return;
            }
        }
    }

    /// <summary>Reads an issue; one whose times are texts or numbers is sorted as undated.</summary>
    private static OrderIssue ToIssue(StoredDocument stored)
    {
        DateTimeOffset? Date(IssueField field) =>
            stored.Document.GetValue(field.Name, null) is BsonDateTime date ? BsonValues.Time(date) : null;
        return IssueDocument.ToIssue(stored) with { CreatedAt = Date(IssueField.CreatedAt), UpdatedAt = Date(IssueField.UpdatedAt) };
    }

    // Blocks a thread: the follower's own, or one of the pool for each of the few searches at a time.
    private static T Wait<T>(Task<T> operation) => operation.OrUnavailableAsync().GetAwaiter().GetResult();
}
