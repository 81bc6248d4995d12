using Microsoft.Data.Sqlite;
using OrderIssues.Application.Moves;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.Sqlite.Tables;
using OrderIssues.Infrastructure.SqliteDriver;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.Sqlite.Moves;

/// <summary>Whole issues in their tables, within the caller's transaction.</summary>
internal static class MovedRows
{
    public const string Count = "SELECT count(*) FROM issues";

    private const string WithIds = "IN (SELECT issueId FROM issues WHERE _id IN (SELECT value FROM json_each(?)))";

    private const string MessagesOf = $"SELECT issueId, {Discussions.Columns} FROM discussion WHERE issueId";

    private const string EntriesOf = $"SELECT issueId, {Histories.Columns}, _id FROM history WHERE issueId";

    public static IReadOnlyList<MovedIssue> Find(SqliteSession session, IReadOnlyList<EntityId> ids) =>
        Read(session, WithIds, StoredJson.Write(ids.Select(id => id.ToString())));

    /// <summary>Reads issues with their messages and history.</summary>
    /// <param name="session">Session.</param>
    /// <param name="numbers">SQL that an issue's number meets.</param>
    /// <param name="values">Values of the SQL.</param>
    public static IReadOnlyList<MovedIssue> Read(SqliteSession session, string numbers, params ReadOnlySpan<SqliteValue> values)
    {
        var issues = session.All($"SELECT {IssueColumns.Names} FROM issues WHERE issueId {numbers}", IssueColumns.Read, values);
        var messages = session.All($"{MessagesOf} {numbers} ORDER BY issueId, __v", ReadMessage, values)
            .ToLookup(row => row.IssueId, row => row.Value);
        var entries = session.All($"{EntriesOf} {numbers} ORDER BY issueId, __v", ReadEntry, values)
            .ToLookup(row => row.IssueId, row => row.Value);
        return
        [
            .. issues.Select(issue =>
                new MovedIssue(issue with { Discussion = [.. messages[issue.IssueId!]] }, [.. entries[issue.IssueId!]])),
        ];
    }

    /// <summary>Writes an issue in the place of what is there of it.</summary>
    /// <exception cref="MoveException">It can't be in these tables.</exception>
    public static void Write(SqliteSession session, MovedIssue moved)
    {
        var (issue, number) = (moved.Issue, NumberOf(moved.Issue));
        try
        {
            if (IssueTables.ReadHead(session, IssueTables.WithId, issue.Id.ToString()) is { } present)
            {
                Remove(session, present);
            }

            Insert(session, moved, number);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLITE_CONSTRAINT)
        {
            throw new MoveException($"The number {number}, or the id of a message or of a change of that issue, is there twice.");
        }
    }

    /// <summary>Number of an issue.</summary>
    /// <exception cref="MoveException">It has none that can be in these tables.</exception>
    private static long NumberOf(OrderIssue issue) =>
        IssueColumns.NumberOf(issue.IssueId)
        ?? throw new MoveException($"The issue with the _id {issue.Id} has no number: run the command repair --apply first.");

    // Messages and entries are numbered anew: only their order counts, and that later ones have a version of their own.
    private static void Insert(SqliteSession session, MovedIssue moved, long number)
    {
        var (issue, history) = moved;
        var columns = IssueColumns.Of(issue, number);
        var size = IssueSize.Of(columns, history, issue.Discussion);
        session.Execute(IssueColumns.Insert, [.. columns, size.Bytes]);
        session.Execute("UPDATE issues SET messages = ? WHERE issueId = ?", size.Messages, number);
        foreach (var (place, message) in issue.OwnMessages.Index())
        {
            Discussions.Add(session, message, number, place + 1);
        }

        Discussions.AddCopies(session, issue.Discussion.Where(message => message.FromIssueId is not null), number);

        foreach (var (place, entry) in history.Index())
        {
            Histories.Add(session, entry, number, place);
        }

        SearchTables.Add(session, issue, number);
    }

    private static void Remove(SqliteSession session, OrderIssue present)
    {
        var number = NumberOf(present);
        SearchTables.Remove(session, present, number);
        session.Execute("DELETE FROM discussion WHERE issueId = ?", number);
        session.Execute("DELETE FROM history WHERE issueId = ?", number);
        session.Execute("DELETE FROM issues WHERE issueId = ?", number);
    }

    private static (string IssueId, DiscussionMessage Value) ReadMessage(SqliteRow row) =>
        (NumberIn(row), Discussions.Read(row)!);

    private static (string IssueId, HistoryEntry Value) ReadEntry(SqliteRow row) =>
        (NumberIn(row), Histories.Read(row) with { Id = IdIn(row) });

    private static string NumberIn(SqliteRow row) => row.Integer().ToString(CultureInfo.InvariantCulture);

    private static EntityId? IdIn(SqliteRow row) => row.Text() is { } id ? EntityId.Parse(id) : null;
}
