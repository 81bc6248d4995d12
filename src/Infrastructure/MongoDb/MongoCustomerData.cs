using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb;

internal sealed class MongoCustomerData(MongoDatabase database) : ICustomerData
{
    private const string Changes = $"{FieldNames.History}.changes";
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly BsonDocument IsData = BsonDocument.Parse($$"""{ "$nin": [null, "", "{{Erasure.Mark}}"] }""");

    private static readonly FilterDefinition<BsonDocument> HasData = Where.Or(
    [
        .. Erasure.Fields.Select(personal => new BsonDocument(personal.Name, IsData)),
        Where.ElemMatch<BsonDocument>(IssueField.Discussion.Name, new BsonDocument("message", IsData)),
        HasChange(new BsonDocument
        {
            { "field", new BsonDocument("$in", new BsonArray(Erasure.Fields.Select(personal => personal.Name))) },
            { "$or", new BsonArray { new BsonDocument("from", IsData), new BsonDocument("to", IsData) } },
        }),
    ]);

    public Task<IReadOnlyList<EntityId>> FindIssuesAsync(string email, CancellationToken cancellationToken)
    {
        var field = IssueField.CustomerEmail;
        var filter = new IssueFilter { Fields = new Dictionary<IssueField, IReadOnlyList<string?>> { [field] = [email] } };
        var address = TextPattern.Whole(email);
        var hadIt = HasChange(
            new BsonDocument("field", field.Name).Add("$or", new BsonArray
            {
                new BsonDocument("from", address), new BsonDocument("to", address),
            }));
        return ListAsync(IssueQuery.Filter(filter) | hadIt, null, cancellationToken).OrUnavailableAsync();
    }

    public Task<RecordedIssue?> FindIssueAsync(EntityId id, CancellationToken cancellationToken) =>
        FindAsync(id, cancellationToken).OrUnavailableAsync();

    public Task<IReadOnlyList<EntityId>> ListResolvedAsync(
        DateTimeOffset before, IReadOnlyCollection<string> resolved, EntityId? after, int limit, CancellationToken cancellationToken)
    {
        var isResolved = IssueQuery.Filter(new() { IsResolved = true, ResolvedStatuses = resolved });
        var isLater = after is { } id ? Where.Gt(FieldNames.Id, FieldValues.Write(id)) : Where.Empty;
        return ListAsync(
            Where.Lt(IssueField.IssueResolvedAt.Name, FieldValues.Write(before)) & isResolved & isLater & HasData,
            limit,
            cancellationToken).OrUnavailableAsync();
    }

    private static FilterDefinition<BsonDocument> HasChange(BsonDocument change) => Where.ElemMatch<BsonDocument>(Changes, change);

    private async Task<IReadOnlyList<EntityId>> ListAsync(
        FilterDefinition<BsonDocument> filter, int? limit, CancellationToken cancellationToken)
    {
        var found = await database.Issues.Find(filter & IssueQuery.IsIssue)
            .Sort(new BsonDocument(FieldNames.Id, 1)).Limit(limit)
            .Project(new BsonDocument(FieldNames.Id, 1)).ToListAsync(cancellationToken);
        return found.ConvertAll(document => EntityId.Parse(document[FieldNames.Id].ToString()!));
    }

    private async Task<RecordedIssue?> FindAsync(EntityId id, CancellationToken cancellationToken) =>
        await database.Issues.Find(IssueQuery.HasId(id)).Project(StoredDocument.Whole).FirstOrDefaultAsync(cancellationToken) is { } stored
            ? new RecordedIssue(IssueDocument.ToIssue(stored), HistoryDocument.ToEntries(stored.Document))
            : null;
}
