using MongoDB.Bson;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>An <see cref="IssueChange"/> as the filter and the update of one <c>findOneAndUpdate</c>.</summary>
internal sealed class IssueUpdate(IssueChange change)
{
    /// <summary>What a document's own bookkeeping for another element of an array takes at most.</summary>
    private const int ElementOverhead = 16;
    private const int SmallIssueBytes = IssueLimits.StoredBytes / 8;

    private readonly BsonDocument? message = change.Message is null ? null : IssueDocument.From(change.Message);
    private readonly BsonDocument entry = HistoryDocument.From(change.Entry);

    /// <summary>The document, whatever state it is in.</summary>
    public BsonDocument Document => new(Fields.Id, BsonValues.Stored(change.Id));

    /// <summary>The issue while the guard holds, its values stored as this service stores them, there is room, and the message isn't there yet.</summary>
    public BsonDocument Condition => Unwritten.Add(Fields.OrderId, change.OrderId).Merge(Room).AddRange(
        change.Guard.ToDictionary(value => value.Key, value => (object)BsonValues.Stored(value.Value)));

    public BsonDocument Update => Operators(set: [], push: [IssueFields.Discussion, Fields.History], version: null);

    /// <summary>
    /// A small issue isn't weighed: as many messages as are on their way to it at once don't fill it.
    /// </summary>
    private BsonDocument Room
    {
        get
        {
            var room = message is null ? [] : new BsonDocument($"{IssueFields.Discussion}.{IssueLimits.Messages - 1}", new BsonDocument("$exists", false));
            return change.IssueBytes < SmallIssueBytes
                ? room
                : room.Add("$expr", new BsonDocument(
                    "$lte", new BsonArray { new BsonDocument("$bsonSize", "$$ROOT"), IssueLimits.StoredBytes - AddedBytes }));
        }
    }

    private BsonDocument Unwritten => change.Message?.Id is { } id
        ? Document.Add(Fields.MessageId, new BsonDocument("$ne", BsonValues.Stored(id)))
        : Document;

    private int AddedBytes =>
        entry.ToBson().Length + ElementOverhead
        + (message is null ? 0 : message.ToBson().Length + ElementOverhead)
        + change.Fields.Sum(changed => new BsonDocument(changed.Field, BsonValues.Stored(changed.To)).ToBson().Length);

    /// <summary>Whether the message is there already, by its id.</summary>
    public bool IsIn(BsonDocument document) =>
        change.Message?.Id is { } id && document.GetValue(IssueFields.Discussion, null) is BsonArray messages
        && messages.OfType<BsonDocument>().Any(present => present.GetValue(Fields.Id, null) == BsonValues.Stored(id));

    /// <summary>Whether this is still what the change was decided from.</summary>
    public bool IsGuardedBy(OrderIssue issue) =>
        issue.OrderId == change.OrderId
        && change.Guard.All(value => FieldChange.ValuesEqual(IssueFields.ValueOf(issue, value.Key), value.Value));

    public bool FitsInto(BsonDocument document) =>
        document.ToBson().Length <= IssueLimits.StoredBytes - AddedBytes
        && (message is null || document.GetValue(IssueFields.Discussion, null) is not BsonArray { Count: >= IssueLimits.Messages });

    /// <summary>
    /// The issue while the values that matter are just those of the document, in whatever form another program stored them, and nobody changed it
    /// since, so that the change still fits.
    /// </summary>
    public BsonDocument ConditionOn(BsonDocument document)
    {
        var condition = Unwritten;
        foreach (var field in change.Guard.Keys.Append(Fields.OrderId).Append(IssueFields.UpdatedAt).Append(IssueFields.Version))
        {
            // Named as a value, since another program may have stored what would be an operator here.
            condition[field] = new BsonDocument("$eq", document.GetValue(field, BsonNull.Value));
        }

        return condition;
    }

    /// <summary>The update for a document that may have nothing where a list should be, and another value where a number should.</summary>
    public BsonDocument UpdateOn(BsonDocument document, OrderIssue issue)
    {
        string[] lists = [IssueFields.Discussion, Fields.History];
        var missing = lists.Where(list => document.TryGetValue(list, out var value) && !value.IsBsonArray).ToArray();
        return Operators(missing, [.. lists.Except(missing)], version: Math.Min(issue.Version, int.MaxValue - 1) + 1);
    }

    private BsonDocument Operators(string[] set, string[] push, int? version)
    {
        var values = new BsonDocument(Fields.History, entry);
        if (message is not null)
        {
            values.Add(IssueFields.Discussion, message);
        }

        var toSet = new BsonDocument(
            change.Fields.Where(field => field.To is not null).ToDictionary(field => field.Field, field => (object)BsonValues.Stored(field.To)));
        toSet.AddRange(set.Where(values.Contains).ToDictionary(list => list, list => (object)new BsonArray { values[list] }));
        var operators = new BsonDocument
        {
            // Of two changes at once the one decided later may come first.
            { "$max", new BsonDocument(IssueFields.UpdatedAt, BsonValues.Stored(change.UpdatedAt)) },
            { "$set", version is { } next ? toSet.Add(IssueFields.Version, next) : toSet },
            { "$unset", new BsonDocument(change.Fields.Where(field => field.To is null).ToDictionary(field => field.Field, _ => (object)"")) },
            { "$push", new BsonDocument(push.Where(values.Contains).ToDictionary(list => list, list => (object)values[list])) },
            { "$inc", version is null ? new BsonDocument(IssueFields.Version, 1) : [] },
        };
        return new BsonDocument(operators.Where(element => element.Value.AsBsonDocument.ElementCount > 0));
    }
}
