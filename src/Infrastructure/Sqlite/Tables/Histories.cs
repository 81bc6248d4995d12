using System.Text;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>Reads and writes history entries in version order.</summary>
internal static class Histories
{
    /// <summary>Columns of an entry.</summary>
    public const string Columns = "at, \"by\", caller, action, reason, changes";

    private const string InsertEntry = $"INSERT INTO history (issueId, __v, {Columns}, _id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private const string SelectEntries = $"SELECT {Columns} FROM history WHERE issueId = ? ORDER BY __v";
    private const string SelectChanges = "SELECT __v, changes FROM history WHERE issueId = ?";

    public static void Add(SqliteSession session, HistoryEntry entry, long issueId, long version) =>
        session.Execute(
            InsertEntry, issueId, version, entry.At, entry.By, entry.Caller, entry.Action, entry.Reason, StoredJson.Write(entry.Changes),
            entry.Id?.ToString());

    /// <summary>Reads a history; null without such an issue.</summary>
    // That of an issue which another program wrote may be empty.
    public static IReadOnlyList<HistoryEntry>? Read(SqliteSession session, long issueId) =>
        session.All(SelectEntries, Read, issueId) is { Count: > 0 } entries ? entries
        : session.First("SELECT 1 FROM issues WHERE issueId = ?", row => row.Integer(), issueId) == 1 ? []
        : null;

    /// <summary>Erases a customer's data from the entries of an issue.</summary>
    /// <returns>Bytes that they have more.</returns>
    public static long Erase(SqliteSession session, long issueId)
    {
        var added = 0L;
        foreach (var (version, json) in session.All(SelectChanges, row => (row.Integer(), row.Text()!), issueId))
        {
            var changes = StoredJson.Read<FieldChange[]>(json);
            if (changes.Any(Erasure.HasData))
            {
                var erased = StoredJson.Write(Array.ConvertAll(changes, Erasure.Erased));
                session.Execute("UPDATE history SET changes = ? WHERE issueId = ? AND __v = ?", erased, issueId, version);
                added += Encoding.UTF8.GetByteCount(erased) - Encoding.UTF8.GetByteCount(json);
            }
        }

        return added;
    }

    public static HistoryEntry Read(SqliteRow row) => new()
    {
        At = row.Time()!.Value,
        By = row.Text(),
        Caller = row.Text(),
        Action = row.Text()!,
        Reason = row.Text(),
        Changes = StoredJson.Read<FieldChange[]>(row.Text()!),
    };
}
