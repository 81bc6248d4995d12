using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>Reads and writes history entries in version order.</summary>
internal static class Histories
{
    private const string InsertEntry =
        "INSERT INTO history (issueId, __v, at, \"by\", caller, action, changes, _id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private const string SelectEntries = "SELECT at, \"by\", caller, action, changes FROM history WHERE issueId = ? ORDER BY __v";

    public static void Add(SqliteSession session, HistoryEntry entry, long issueId, long version) =>
        session.Execute(
            InsertEntry, issueId, version, entry.At, entry.By, entry.Caller, entry.Action, StoredJson.Write(entry.Changes),
            entry.Id?.ToString());

    /// <summary>Reads a history; null without such an issue.</summary>
    // That of an issue which another program wrote may be empty.
    public static IReadOnlyList<HistoryEntry>? Read(SqliteSession session, long issueId) =>
        session.All(SelectEntries, Read, issueId) is { Count: > 0 } entries ? entries
        : session.First("SELECT 1 FROM issues WHERE issueId = ?", row => row.Integer(), issueId) == 1 ? []
        : null;

    public static HistoryEntry Read(SqliteRow row) => new()
    {
        At = row.Time()!.Value,
        By = row.Text(),
        Caller = row.Text(),
        Action = row.Text()!,
        Changes = StoredJson.Read<FieldChange[]>(row.Text()!),
    };
}
