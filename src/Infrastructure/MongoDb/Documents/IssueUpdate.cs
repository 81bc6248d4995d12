using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Filter and update for an <see cref="IssueChange"/>.</summary>
internal sealed class IssueUpdate(IssueChange change)
{
    /// <summary>Bytes that another array element adds at most.</summary>
    private const int ElementOverhead = 16;
    private const int SmallIssueBytes = IssueLimits.StoredBytes / 8;
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;
    private readonly BsonDocument? message = change.Message is null ? null : FieldValues.Message(change.Message);
    private readonly BsonDocument entry = HistoryDocument.From(change.Entry);

    public FilterDefinition<BsonDocument> ById => IssueQuery.HasId(change.Id);

    /// <summary>Guard, room and a message not stored yet.</summary>
    public FilterDefinition<BsonDocument> Condition => change.Guard.Aggregate(
        Unwritten & Where.Eq(IssueField.OrderId.Name, change.OrderId) & Room & AreLists,
        (condition, value) => condition & Where.Eq(value.Key, FieldValues.Write(value.Value)));

    /// <summary>Sets fields and appends to lists, with times after those that are stored.</summary>
    // A pipeline, since only the server knows which of concurrent changes comes first.
    public UpdateDefinition<BsonDocument> Changes => Update.Pipeline(
        new BsonDocumentStagePipelineDefinition<BsonDocument, BsonDocument>(
            [new BsonDocument("$set", NewValues), .. Removed is { Count: > 0 } ? [new BsonDocument("$unset", Removed)] : Array.Empty<BsonDocument>()]));

    private BsonArray Removed => [.. change.Fields.Where(set => set.To is null).Select(set => set.Field)];

    // A small issue needs no size check: even many messages at once don't fill it.
    private FilterDefinition<BsonDocument> Room =>
        (message is null ? Where.Empty : Where.Exists($"{IssueField.Discussion}.{IssueLimits.Messages - 1}", false))
        & (change.IssueBytes < SmallIssueBytes
            ? Where.Empty
            : BsonDocument.Parse($$"""{ "$expr": { "$lte": [{ "$bsonSize": "$$ROOT" }, {{change.MaxStoredBytes - AddedBytes}}] } }"""));

    // What stands in the place of a list takes the longer way, which keeps it.
    private FilterDefinition<BsonDocument> AreLists => Where.And(Appended.Select(list =>
        Where.Or(Where.Eq(list.Key, BsonNull.Value), Where.Type(list.Key, BsonType.Array))));

    private FilterDefinition<BsonDocument> Unwritten =>
        change.Message?.Id is { } id ? ById & Where.Ne(FieldNames.MessageId, FieldValues.Write(id)) : ById;

    private int AddedBytes =>
        entry.ToBson().Length + ElementOverhead
        + (message is null ? 0 : message.ToBson().Length + ElementOverhead)
        + change.Fields.Sum(changed => new BsonDocument(changed.Field, FieldValues.Write(changed.To)).ToBson().Length);

    private BsonDocument NewValues
    {
        get
        {
            var values = new BsonDocument(change.Fields.Where(set => set.To is not null)
                .Select(set => new BsonElement(set.Field, Literal(FieldValues.Write(set.To)))));
            values.Add(IssueField.UpdatedAt.Name, Later("$updatedAt", FieldValues.Write(change.UpdatedAt), addend: 1));
            values.Add(IssueField.Version.Name, BsonDocument.Parse("""{ "$add": [{ "$ifNull": ["$__v", 0] }, 1] }"""));
            values.Add(FieldNames.History, AppendedTo(FieldNames.History, entry, "at"));
            return message is null
                ? values
                : values.Add(IssueField.Discussion.Name, AppendedTo(IssueField.Discussion.Name, message, "created_at"));
        }
    }

    private IEnumerable<KeyValuePair<string, BsonDocument>> Appended =>
        message is null
            ? [new(FieldNames.History, entry)]
            : [new(FieldNames.History, entry), new(IssueField.Discussion.Name, message)];

    private IEnumerable<UpdateDefinition<BsonDocument>> FieldUpdates =>
    [
        .. change.Fields.Select(set => set.To is null ? Update.Unset(set.Field) : Update.Set(set.Field, FieldValues.Write(set.To))),

        // Concurrent changes may be stored in another order than they were decided.
        Update.Max(IssueField.UpdatedAt.Name, FieldValues.Write(change.UpdatedAt)),
    ];

    /// <summary>Checks for the message by its id.</summary>
    public bool IsMessageIn(BsonDocument document) =>
        change.Message?.Id is { } id && document.GetValue(IssueField.Discussion.Name, null) is BsonArray messages
        && messages.OfType<BsonDocument>().Any(present => present.GetValue(FieldNames.Id, null) == FieldValues.Write(id));

    /// <summary>Checks that the guarded values are unchanged.</summary>
    public bool GuardHolds(OrderIssue issue) =>
        issue.OrderId == change.OrderId
        && change.Guard.All(value => FieldChange.ValuesEqual(IssueField.Named(value.Key).Get(issue), value.Value));

    public bool FitsInto(BsonDocument document) =>
        document.ToBson().Length <= change.MaxStoredBytes - AddedBytes
        && (message is null || document.GetValue(IssueField.Discussion.Name, null) is not BsonArray { Count: >= IssueLimits.Messages });

    /// <summary>Finds the unchanged document, whatever its value types.</summary>
    public FilterDefinition<BsonDocument> ConditionFor(BsonDocument document) =>
        change.Guard.Keys
            .Union([IssueField.OrderId.Name, IssueField.UpdatedAt.Name, IssueField.Version.Name])
            .Union(Appended.Select(list => list.Key).Where(name => IsNoList(document, name)))
            .Aggregate(
                Unwritten,
                (condition, name) => condition & new BsonDocument(name, new BsonDocument("$eq", document.GetValue(name, BsonNull.Value))));

    /// <summary>Updates a document with malformed lists or numbers.</summary>
    public UpdateDefinition<BsonDocument> ChangesFor(BsonDocument document, OrderIssue issue) => Update.Combine(
    [
        .. FieldUpdates,

        // What stands in the place of a list isn't lost: it becomes the first element.
        .. Appended.Select(list => IsNoList(document, list.Key)
            ? Update.Set(list.Key, new BsonArray(BsonValues.Elements(document[list.Key])) { list.Value })
            : Update.Push(list.Key, list.Value)),
        Update.Set(IssueField.Version.Name, Math.Min(issue.Version, int.MaxValue - 1) + 1),
    ]);

    private static BsonDocument AppendedTo(string list, BsonDocument element, string time) => new("$concatArrays", new BsonArray
    {
        new BsonDocument("$ifNull", new BsonArray { $"${list}", new BsonArray() }),
        new BsonArray
        {
            new BsonDocument("$mergeObjects", new BsonArray
            {
                Literal(element),
                new BsonDocument(time, Later(
                    new BsonDocument("$arrayElemAt", new BsonArray { $"${FieldNames.History}.at", -1 }), element[time], addend: 0)),
            }),
        },
    });

    /// <summary>The new time, or the stored one with milliseconds added where that is later.</summary>
    private static BsonDocument Later(BsonValue stored, BsonValue time, int addend) => new("$let", new BsonDocument
    {
        { "vars", new BsonDocument("stored", stored) },
        {
            "in", new BsonDocument("$max", new BsonArray
            {
                time,
                new BsonDocument("$cond", new BsonArray
                {
                    BsonDocument.Parse("""{ "$eq": [{ "$type": "$$stored" }, "date"] }"""),
                    new BsonDocument("$add", new BsonArray { "$$stored", addend }),
                    BsonNull.Value,
                }),
            })
        },
    });

    private static BsonDocument Literal(BsonValue value) => new("$literal", value);

    private static bool IsNoList(BsonDocument document, string name) => document.TryGetValue(name, out var value) && !value.IsBsonArray;
}
