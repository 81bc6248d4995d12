using MongoDB.Bson;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>An entry of an issue's history as a document. Only this service writes them.</summary>
internal static class HistoryDocument
{
    public static BsonDocument From(HistoryEntry entry) => new BsonDocument
    {
        { "at", BsonValues.Stored(entry.At) },
        { "by", BsonValues.Stored(entry.By) },
        { "caller", BsonValues.Stored(entry.Caller) },
        { "action", entry.Action },
        { "changes", new BsonArray(entry.Changes.Select(From)) },
    }.WithoutNulls();

    /// <summary>The history of an issue that can be read. What isn't an entry is skipped.</summary>
    public static IReadOnlyList<HistoryEntry> ToEntries(BsonDocument issue) =>
    [
        .. from entry in issue.GetValue(Fields.History, null) is BsonArray entries ? entries.OfType<BsonDocument>() : []
           where BsonValues.Time(entry.GetValue("at", null)) is not null
           select new HistoryEntry
           {
               At = BsonValues.Time(entry["at"])!.Value,
               By = BsonValues.Text(entry.GetValue("by", null)),
               Caller = BsonValues.Text(entry.GetValue("caller", null)),
               Action = BsonValues.Text(entry.GetValue("action", null)) ?? "",
               Changes = [.. entry.GetValue("changes", null) is BsonArray changes ? changes.OfType<BsonDocument>().Select(ToChange) : []],
           },
    ];

    private static BsonDocument From(FieldChange change) => new BsonDocument
    {
        { "field", change.Field },
        { "from", BsonValues.Stored(change.From) },
        { "to", BsonValues.Stored(change.To) },
    }.WithoutNulls();

    private static FieldChange ToChange(BsonDocument change) => new(
        BsonValues.Text(change.GetValue("field", null)) ?? "",
        BsonValues.Restored(change.GetValue("from", null)),
        BsonValues.Restored(change.GetValue("to", null)));
}
