using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Changes;

/// <summary>Filters and updates for an <see cref="IssueChange"/>.</summary>
// Updates are pipelines, since only the server knows which of concurrent changes comes first, and in which types the values are.
internal sealed class IssueUpdate(IssueChange change, bool canWeigh)
{
    /// <summary>Bytes that another array element adds at most.</summary>
    private const int ElementOverhead = 16;

    /// <summary>Messages of an issue that needs no weighing before a small change.</summary>
    private const int FewMessages = 250;

    /// <summary>Bytes of what each change adds besides: the event's status and version, and two fields of the issue.</summary>
    private const int EventOverhead = 320;
    private const string At = "$$at";
    private const string Version = "$$version";
    private const string UpdatedAt = "$$updatedAt";
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private readonly IReadOnlyList<BsonDocument> messages = [.. change.Messages.Select(FieldValues.Message)];
    private readonly BsonDocument entry = HistoryDocument.From(change.Entry);

    public FilterDefinition<BsonDocument> ById => IssueQuery.HasId(change.Id);

    /// <summary>Finds the issue while the guard holds and it has room.</summary>
    public FilterDefinition<BsonDocument> Condition => change.Guard.Aggregate(
        ById & IssueQuery.Is(IssueField.OrderId, change.OrderId) & new BsonDocument("$expr", HasRoom),
        (condition, value) => condition & Where.Eq(value.Key, FieldValues.Write(value.Value)));

    /// <summary>Makes the change.</summary>
    public UpdateDefinition<BsonDocument> Change => Pipeline(Removed.Count == 0
        ? [new BsonDocument("$replaceWith", Changed)]
        : [new BsonDocument("$replaceWith", Changed), new BsonDocument("$unset", Removed)]);

    /// <summary>Makes the change of an issue that wasn't read where that can be done, else none.</summary>
    public UpdateDefinition<BsonDocument> ChangeIfPossible
    {
        get
        {
            var isPossible = new BsonDocument("$and", new BsonArray { HasRoom, IssueExpressions.HasUsualTime });
            return Pipeline([new BsonDocument("$replaceWith", new BsonDocument("$cond", new BsonArray { isPossible, Changed, "$$ROOT" }))]);
        }
    }

    private BsonArray Removed =>
        [.. change.Fields.Where(set => set.To is null).Select(set => set.Field).Union(ErasedData.Removed(change.Erasure))];

    /// <summary>True for an issue that stays within <see cref="IssueLimits"/> and lacks the change.</summary>
    private BsonDocument HasRoom => new("$and", new BsonArray(
    [
        canWeigh ? IssueExpressions.IsWithin(change.MaxStoredBytes - AddedBytes)
            : change.IsSmall ? IssueExpressions.HasFewerMessages(FewMessages)
            : false,
        .. messages is [] ? Array.Empty<BsonValue>() : [IssueExpressions.HasFewerMessages(IssueLimits.Messages - messages.Count + 1)],
        .. change.LastingId is { } id ? [IssueExpressions.Lacks(PathOfId, id)] : Array.Empty<BsonValue>(),
    ]));

    private int AddedBytes =>
        entry.ToBson().Length + ElementOverhead + EventOverhead
        + messages.Sum(added => added.ToBson().Length + ElementOverhead)
        + change.Fields.Sum(changed => new BsonDocument(changed.Field, FieldValues.Write(changed.To)).ToBson().Length);

    /// <summary>Document after the change, but for removed fields.</summary>
    private BsonDocument Changed => new("$let", new BsonDocument
    {
        { "vars", new BsonDocument("at", IssueExpressions.NotBeforePast(FieldValues.Write(change.At))) },
        {
            "in", new BsonDocument("$let", new BsonDocument
            {
                {
                    "vars", new BsonDocument
                    {
                        { "version", IssueExpressions.NextVersion },
                        { "updatedAt", IssueExpressions.LaterThanUpdatedAt(At, FieldValues.Write(change.UpdatedAt)) },
                    }
                },
                { "in", new BsonDocument("$mergeObjects", new BsonArray { "$$ROOT", NewValues }) },
            })
        },
    });

    private BsonDocument NewValues
    {
        get
        {
            var values = new BsonDocument(change.Fields.Where(set => set.To is not null)
                .Select(set => new BsonElement(set.Field, Literal(FieldValues.Write(set.To)))));
            values.AddRange(messages is [] ? [] : new BsonDocument(
                IssueField.Discussion.Name, IssueExpressions.Appended(IssueExpressions.ListAt(IssueField.Discussion.Name), Messages)));
            values.Add(IssueField.UpdatedAt.Name, UpdatedAt);
            values.Add(IssueField.Version.Name, Version);
            values.Add(FieldNames.History, IssueExpressions.Appended(ErasedData.InHistory(change.Erasure), [Dated(entry, "at", State)]));
            values.Add(FieldNames.Unpublished, IssueExpressions.FirstUnpublished).Add(FieldNames.OwnUpdatedAt, UpdatedAt);
            return change.Erasure is { } erasure ? values.Merge(ErasedData.Of(erasure), overwriteExistingElements: true) : values;
        }
    }

    private IEnumerable<BsonValue> Messages =>
        messages.Select((added, i) => i == 0 && change.Message is not null ? Dated(added, "created_at") : Literal(added));

    private BsonDocument State => new()
    {
        { HistoryDocument.Version, Version },
        {
            HistoryDocument.Status, change.Fields.FirstOrDefault(set => set.Field == IssueField.Status.Name) is { } set
                ? Literal(FieldValues.Write(set.To)) : $"${IssueField.Status.Name}"
        },
    };

    private string PathOfId => change.Message is null ? FieldNames.EntryId : FieldNames.MessageId;

    public FilterDefinition<BsonDocument> IsMade => IssueQuery.HasChange(change.LastingId!.Value);

    /// <summary>Checks for the change by its id.</summary>
    public bool IsMadeIn(BsonDocument document) =>
        change.LastingId is { } id && document.GetValue(PathOfId.Split('.')[0], null) is BsonArray changes
        && changes.Reverse().OfType<BsonDocument>().Any(present => present.GetValue(FieldNames.Id, null) == FieldValues.Write(id));

    /// <summary>Checks that the guarded values are unchanged.</summary>
    public bool GuardHolds(OrderIssue issue) =>
        issue.OrderId == change.OrderId
        && change.Guard.All(value => FieldChange.ValuesEqual(IssueField.Named(value.Key).Get(issue), value.Value));

    public bool FitsInto(StoredDocument stored) =>
        stored.Bytes <= change.MaxStoredBytes - AddedBytes
        && (messages is []
            || BsonValues.Elements(stored.Document.GetValue(IssueField.Discussion.Name, null)).Count() + messages.Count
                <= IssueLimits.Messages);

    /// <summary>Finds the unchanged document, whatever its value types.</summary>
    public FilterDefinition<BsonDocument> ConditionFor(BsonDocument document) =>
        change.Guard.Keys
            .Union([IssueField.OrderId.Name, IssueField.UpdatedAt.Name, IssueField.Version.Name])
            .Aggregate(
                ById,
                (condition, name) => condition & new BsonDocument(name, new BsonDocument("$eq", document.GetValue(name, BsonNull.Value))));

    private static UpdateDefinition<BsonDocument> Pipeline(BsonDocument[] stages) =>
        Builders<BsonDocument>.Update.Pipeline(new BsonDocumentStagePipelineDefinition<BsonDocument, BsonDocument>(stages));

    private static BsonDocument Dated(BsonDocument element, string time, BsonDocument? others = null) =>
        new("$mergeObjects", new BsonArray { Literal(element), new BsonDocument(time, At).AddRange(others ?? []) });

    private static BsonDocument Literal(BsonValue value) => new("$literal", value);
}
