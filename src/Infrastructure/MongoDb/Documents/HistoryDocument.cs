using MongoDB.Bson;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>History entry as a document.</summary>
internal static class HistoryDocument
{
    /// <summary>Version and status after the change, which its event tells.</summary>
    public const string Version = "version";
    public const string Status = "status";

    public static BsonDocument StateOf(OrderIssue issue) =>
        new() { { Version, issue.Version }, { Status, FieldValues.Write(issue.Status) } };

    public static BsonDocument From(HistoryEntry entry) => new BsonDocument
    {
        { FieldNames.Id, FieldValues.Write(entry.Id) },
        { "at", FieldValues.Write(entry.At) },
        { "by", FieldValues.Write(entry.By) },
        { "caller", FieldValues.Write(entry.Caller) },
        { "action", entry.Action },
        { "reason", FieldValues.Write(entry.Reason) },
        { "changes", new BsonArray(entry.Changes.Select(From)) },
    }.WithoutNulls();

    /// <summary>Reads the history without malformed entries.</summary>
    public static IReadOnlyList<HistoryEntry> ToEntries(BsonDocument issue) =>
    [
        .. from entry in issue.GetValue(FieldNames.History, null) is BsonArray entries ? entries.OfType<BsonDocument>() : []
           where BsonValues.Time(entry.GetValue("at", null)) is not null
           select new HistoryEntry
           {
               Id = entry.GetValue(FieldNames.Id, null) is BsonObjectId id ? EntityId.Parse(id.ToString()!) : null,
               At = BsonValues.Time(entry["at"])!.Value,
               By = BsonValues.Text(entry.GetValue("by", null)),
               Caller = BsonValues.Text(entry.GetValue("caller", null)),
               Action = BsonValues.Text(entry.GetValue("action", null)) ?? "",
               Reason = BsonValues.Text(entry.GetValue("reason", null)),
               Changes = [.. entry.GetValue("changes", null) is BsonArray changes ? changes.OfType<BsonDocument>().Select(ToChange) : []],
           },
    ];

    private static BsonDocument From(FieldChange change) => new BsonDocument
    {
        { "field", change.Field },
        { "from", FieldValues.Write(change.From) },
        { "to", FieldValues.Write(change.To) },
    }.WithoutNulls();

    private static FieldChange ToChange(BsonDocument change) => new(
        BsonValues.Text(change.GetValue("field", null)) ?? "",
        FieldValues.Read(change.GetValue("from", null)),
        FieldValues.Read(change.GetValue("to", null)));
}
