using MongoDB.Bson;
using OrderIssues.Application.Moves;
using OrderIssues.Domain.Events;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Event as a document.</summary>
internal static class EventDocument
{
    public const string Issue = "issue";

    /// <summary>Place of the history entry, or time of update that another program set; the negative sequence of a moved event.</summary>
    public const string Entry = "entry";
    public const string RecordedAt = "recordedAt";
    public const string Action = "action";
    public const string At = "at";
    private const string By = "by";
    private const string Caller = "caller";
    private const string Changed = "changed";
    private const string Entries = "entries";

    // More wait for the next time.
    private const int MaxEntries = 100;

    /// <summary>Projection of an issue to what an event tells of it.</summary>
    public static readonly BsonDocument State = BsonDocument.Parse("""
        { "issueId": 1, "OrderId": 1, "source": 1, "status": 1, "updatedAt": 1, "__v": 1 }
        """);

    /// <summary>The same, with the history entries that aren't published yet.</summary>
    // Only the names of changed fields are read, since their values may be large.
    public static readonly BsonDocument Unpublished = UnpublishedUpTo(MaxEntries);

    /// <summary>The same with all of these entries.</summary>
    public static readonly BsonDocument AllUnpublished = UnpublishedUpTo(int.MaxValue);

    /// <summary>Place of the first entry in a projected issue.</summary>
    public static int FirstPlaceOf(BsonDocument issue) =>
        (int)Math.Clamp(BsonValues.Number(issue.GetValue(FieldNames.Unpublished, null)) ?? 0, 0, int.MaxValue);

    /// <summary>Events of the unpublished entries of a projected issue, without sequences.</summary>
    public static IReadOnlyList<BsonDocument> OfEntries(BsonDocument issue, DateTimeOffset now)
    {
        var first = FirstPlaceOf(issue);
        return [.. issue[Entries].AsBsonArray.Select((entry, i) => OfEntry(issue, entry.AsBsonDocument, first + i, now))];
    }

    /// <summary>Event of what another program changed, without a sequence.</summary>
    public static BsonDocument OfOther(BsonDocument issue, DateTimeOffset now)
    {
        var updatedAt = issue[IssueField.UpdatedAt.Name];
        var change = new BsonDocument { { Action, HistoryActions.Edited }, { Changed, new BsonArray { IssueEvent.Unknown } } };
        return With(issue, updatedAt, change, BsonValues.Time(updatedAt) ?? now, now);
    }

    public static IssueEvent ToEvent(BsonDocument stored) => new()
    {
        Sequence = stored[FieldNames.Id].ToInt64(),
        Action = stored[Action].AsString,
        At = BsonValues.Time(stored[At])!.Value,
        IssueId = BsonValues.Text(stored.GetValue(IssueField.IssueId.Name, null)),
        OrderId = BsonValues.Text(stored.GetValue(IssueField.OrderId.Name, null)) ?? "",
        Source = BsonValues.Text(stored.GetValue(IssueField.Source.Name, null)),
        Version = stored[HistoryDocument.Version].ToInt32(),
        Status = BsonValues.Text(stored.GetValue(HistoryDocument.Status, null)) is { Length: > 0 } status ? status : null,
        Changed = [.. stored[Changed].AsBsonArray.Select(name => name.AsString)],
        By = BsonValues.Text(stored.GetValue(By, null)),
        Caller = BsonValues.Text(stored.GetValue(Caller, null)),
    };

    /// <summary>Event that another store had, under its sequence there.</summary>
    public static BsonDocument From(MovedEvent moved) => new BsonDocument
    {
        { FieldNames.Id, moved.Event.Sequence },
        { Issue, FieldValues.Write(moved.Issue) },
        { Entry, -moved.Event.Sequence },
        { At, FieldValues.Write(moved.Event.At) },
        { IssueField.IssueId.Name, FieldValues.Write(moved.Event.IssueId) },
        { IssueField.OrderId.Name, moved.Event.OrderId },
        { IssueField.Source.Name, FieldValues.Write(moved.Event.Source) },
        { RecordedAt, FieldValues.Write(moved.RecordedAt) },
        { Action, moved.Event.Action },
        { Changed, FieldValues.Write(moved.Event.Changed) },
        { By, FieldValues.Write(moved.Event.By) }, { Caller, FieldValues.Write(moved.Event.Caller) },
        { HistoryDocument.Version, moved.Event.Version }, { HistoryDocument.Status, FieldValues.Write(moved.Event.Status) },
    }.WithoutNulls();

    private static BsonDocument UnpublishedUpTo(int entries) => new BsonDocument(State).AddRange(BsonDocument.Parse($$"""
        {
          "{{FieldNames.Unpublished}}": 1,
          "{{Entries}}": {
            "$map": {
              "input": {
                "$slice": [
                  {{IssueExpressions.ListAt(FieldNames.History).ToJson()}},
                  { "$max": [0, { "$convert": { "input": "${{FieldNames.Unpublished}}", "to": "int", "onError": 0, "onNull": 0 } }] },
                  {{entries}}
                ]
              },
              "as": "entry",
              "in": {
                "action": "$$entry.action", "at": "$$entry.at", "by": "$$entry.by", "caller": "$$entry.caller",
                "version": "$$entry.version", "status": "$$entry.status", "changed": "$$entry.changes.field"
              }
            }
          }
        }
        """));

    private static BsonDocument OfEntry(BsonDocument issue, BsonDocument entry, int place, DateTimeOffset now)
    {
        string? Text(string name) => BsonValues.Text(entry.GetValue(name, null));
        var action = Text(Action);
        var change = new BsonDocument
        {
            { Action, HistoryActions.All.Contains(action) ? action : HistoryActions.Edited },
            { Changed, new BsonArray(BsonValues.Elements(entry.GetValue(Changed, null)).Select(BsonValues.Text).OfType<string>()) },
            { By, FieldValues.Write(Text(By)) },
            { Caller, FieldValues.Write(Text(Caller)) },
        };

        // Entries of earlier versions of this service tell no state.
        if (BsonValues.Number(entry.GetValue(HistoryDocument.Version, null)) is { } version)
        {
            change.Add(HistoryDocument.Version, (int)Math.Clamp(version, 0, int.MaxValue));
            change.Add(HistoryDocument.Status, Text(HistoryDocument.Status) ?? "");
        }

        return With(issue, place, change, BsonValues.Time(entry.GetValue(At, null)) ?? now, now);
    }

    private static BsonDocument With(BsonDocument issue, BsonValue entry, BsonDocument change, DateTimeOffset at, DateTimeOffset now)
    {
        var stored = IssueDocument.ToIssue(new StoredDocument(issue, 0));
        return new BsonDocument
        {
            { Issue, issue[FieldNames.Id] },
            { Entry, entry },
            { At, FieldValues.Write(at) },
            { IssueField.IssueId.Name, FieldValues.Write(stored.IssueId) },
            { IssueField.OrderId.Name, stored.OrderId },
            { IssueField.Source.Name, FieldValues.Write(stored.Source) },
            { RecordedAt, FieldValues.Write(now) },
        }
        .AddRange(change)
        .Merge(HistoryDocument.StateOf(stored))
        .WithoutNulls();
    }
}
