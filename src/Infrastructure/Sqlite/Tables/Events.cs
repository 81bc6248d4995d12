using OrderIssues.Application.Moves;
using OrderIssues.Domain.Events;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>Reads and writes the log of events within the caller's transaction.</summary>
internal static class Events
{
    private const int MaxRemovedAtOnce = 1_000;

    private const string Insert = """
        INSERT INTO events (action, at, issueId, __v, status, changed, "by", caller, recordedAt)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string InsertMoved = """
        INSERT INTO events (sequence, action, at, issueId, __v, status, changed, "by", caller, recordedAt)
        VALUES (?, ?, ?, coalesce((SELECT issueId FROM issues WHERE _id = ?), ?, 0), ?, ?, ?, ?, ?, ?)
        """;

    private const string Select = """
        SELECT sequence, action, at, issueId, coalesce(OrderId, ''), source, events.__v, events.status, changed, "by", caller
        FROM events LEFT JOIN issues USING (issueId) WHERE sequence > ? ORDER BY sequence LIMIT ?
        """;

    private const string SelectRange =
        "SELECT epoch, (SELECT min(sequence) FROM events), coalesce((SELECT max(sequence) FROM events), 0) FROM eventLog";

    private const string SelectRecent = """
        SELECT min(sequence) FROM (SELECT sequence, recordedAt FROM events ORDER BY sequence LIMIT ?) WHERE recordedAt >= ?
        """;

    private const string RemoveOldest = """
        DELETE FROM events WHERE sequence < (SELECT max(sequence) FROM events) AND sequence IN (
            SELECT sequence FROM events WHERE sequence < ? ORDER BY sequence LIMIT ?) RETURNING sequence
        """;

    /// <summary>Adds the event of a history entry.</summary>
    /// <param name="session">Session in a transaction.</param>
    /// <param name="entry">Entry that the change made.</param>
    /// <param name="issue">Issue right after the change.</param>
    /// <param name="issueId">Number of the issue.</param>
    public static void Add(SqliteSession session, HistoryEntry entry, OrderIssue issue, long issueId) => session.Execute(
        Insert,
        entry.Action,
        entry.At,
        issueId,
        issue.Version,
        issue.Status,
        string.Join(',', entry.Changes.Select(change => change.Field)),
        entry.By,
        entry.Caller,
        session.BegunAt);

    /// <summary>Adds an event of another store under its sequence.</summary>
    public static void Add(SqliteSession session, MovedEvent moved) => session.Execute(
        InsertMoved,
        moved.Event.Sequence,
        moved.Event.Action,
        moved.Event.At,
        moved.Issue?.ToString(),
        IssueColumns.NumberOf(moved.Event.IssueId),
        moved.Event.Version,
        moved.Event.Status,
        string.Join(',', moved.Event.Changed),
        moved.Event.By,
        moved.Event.Caller,
        moved.RecordedAt);

    public static long Latest(SqliteSession session) => session.First("SELECT max(sequence) FROM events", row => row.Integer());

    public static EventLogRange Range(SqliteSession session) => session.First(
        SelectRange,
        row =>
        {
            var (epoch, oldest, latest) = (row.Text()!, row.Integer(), row.Integer());
            return new EventLogRange(epoch, latest == 0 ? 1 : oldest, latest);
        })!;

    public static IReadOnlyList<IssueEvent> Read(SqliteSession session, long after, int limit) => session.All(
        Select,
        row => new IssueEvent
        {
            Sequence = row.Integer(),
            Action = row.Text()!,
            At = row.Time()!.Value,
            IssueId = row.Integer().ToString(CultureInfo.InvariantCulture),
            OrderId = row.Text()!,
            Source = row.Text(),
            Version = (int)row.Integer(),
            Status = row.Text(),
            Changed = row.Text()!.Split(',', StringSplitOptions.RemoveEmptyEntries),
            By = row.Text(),
            Caller = row.Text(),
        },
        after,
        limit);

    /// <summary>Deletes some of the oldest events up to the first that was recorded at the time or later, but never the last one.</summary>
    public static int Remove(SqliteSession session, DateTimeOffset recordedBefore)
    {
        var firstToKeep = session.First(SelectRecent, row => row.OptionalInteger(), MaxRemovedAtOnce, recordedBefore);
        return session.All(RemoveOldest, row => row.Integer(), firstToKeep ?? long.MaxValue, MaxRemovedAtOnce).Count;
    }

    /// <summary>Gives the log another name, by chance where none is given.</summary>
    public static void Rename(SqliteSession session, string? epoch = null) =>
        session.Execute("UPDATE eventLog SET epoch = coalesce(?, lower(hex(randomblob(8))))", epoch);
}
