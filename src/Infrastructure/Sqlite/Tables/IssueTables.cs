using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>Reads and writes issues within the caller's transaction.</summary>
internal static class IssueTables
{
    /// <summary>Continues after the highest given or stored number.</summary>
    private const string NextIssueId = """
        INSERT INTO counters (id, seq)
        SELECT 'issue_id', 1 + max(1600000, (SELECT coalesce(max(issueId), 0) FROM issues)) WHERE true
        ON CONFLICT (id) DO UPDATE SET seq = max(seq + 1, excluded.seq)
        RETURNING seq
        """;

    private static readonly string InsertIssue =
        $"INSERT INTO issues ({IssueColumns.Names}) VALUES (?{string.Concat(Enumerable.Repeat(", ?", IssueColumns.Names.Count(',')))})";

    private const string InsertHistory =
        "INSERT INTO history (issueId, __v, at, \"by\", caller, action, changes) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private const string LastChange =
        "(SELECT at FROM history WHERE history.issueId = issues.issueId ORDER BY history.__v DESC LIMIT 1)";

    private const string SelectHistory = "SELECT at, \"by\", caller, action, changes FROM history WHERE issueId = ? ORDER BY __v";

    public static OrderIssue Insert(SqliteSession session, OrderIssue issue)
    {
        var issueId = session.First(NextIssueId, row => row.Integer());
        var columns = IssueColumns.Of(issue, issueId);
        var opening = issue.CreationEntry();
        var size = IssueSize.Of(columns, opening);
        session.Execute(InsertIssue, [.. columns, size.Bytes]);
        AddHistory(session, issueId, issue.Version, opening);
        var added = issue with { IssueId = issueId.ToString(CultureInfo.InvariantCulture), StoredBytes = size.Bytes };
        SearchTables.Add(session, added, issueId);
        return added;
    }

    /// <summary>Reads the first match of a WHERE clause.</summary>
    public static OrderIssue? Read(SqliteSession session, string condition, params ReadOnlySpan<SqliteValue> values) =>
        ReadFirst(session, _ => true, condition, values);

    /// <summary>Reads the first match, with its discussion.</summary>
    public static OrderIssue? ReadFirst(
        SqliteSession session, Func<OrderIssue, bool> predicate, string condition, params ReadOnlySpan<SqliteValue> values)
    {
        var issues = session.Until(
            rows => predicate(rows[^1]), $"SELECT {IssueColumns.Names} FROM issues {condition}", IssueColumns.Read, values);
        return issues.Count > 0 && predicate(issues[^1]) ? WithDiscussion(session, issues[^1]) : null;
    }

    public static IssuePage List(SqliteSession session, IssueFilter filter, IssueSort sort, IssuePosition? after, int limit)
    {
        var conditions = new IssueConditions(filter, isInOrder: filter.Text is { } text && SearchTables.IsCommon(session, text));
        if (after is { } position)
        {
            conditions.AddAfter(position, sort);
        }

        var direction = sort.Descending ? "DESC" : "ASC";
        var issues = session.Until(
            rows => IssuePage.IsExceededBy(rows, limit),
            $"SELECT {IssueColumns.Names} FROM {conditions.From} WHERE {conditions.Where} "
            + $"ORDER BY {sort.By} {direction}, _id {direction} LIMIT ?",
            IssueColumns.Read,
            [.. conditions.Values, limit + 1]);
        var page = IssuePage.Of(issues, limit, sort);
        return page with { Issues = [.. page.Issues.Select(issue => WithDiscussion(session, issue))] };
    }

    public static long Count(SqliteSession session, IssueFilter filter)
    {
        var conditions = new IssueConditions(filter);
        return session.First(
            $"SELECT count(*) FROM {conditions.From} WHERE {conditions.Where}", row => row.Integer(), [.. conditions.Values]);
    }

    /// <summary>Reads a history; null without such an issue.</summary>
    public static IReadOnlyList<HistoryEntry>? ReadHistory(SqliteSession session, long issueId) =>
        session.All(
            SelectHistory,
            row => new HistoryEntry
            {
                At = row.Time()!.Value,
                By = row.Text(),
                Caller = row.Text(),
                Action = row.Text()!,
                Changes = StoredJson.Read<FieldChange[]>(row.Text()!),
            },
            issueId) is { Count: > 0 } entries
                ? entries
                : null;

    public static ChangeResult Change(SqliteSession session, IssueChange change)
    {
        if (change.Message?.Id is { } messageId && Discussions.IssueIdOf(session, messageId) is { } writtenTo)
        {
            return new ChangeResult.Applied(Read(session, "WHERE issueId = ?", writtenTo)!);
        }

        var guard = string.Concat(change.Guard.Keys.Select(field => $" AND \"{field}\" IS ?"));
        var found = session.First(
            $"SELECT issueId, __v, messages, bytes, {LastChange} FROM issues WHERE _id = ? AND OrderId = ?{guard}",
            row => new Guarded(row.Integer(), row.Integer(), new IssueSize(row.Integer(), row.Integer()), row.Time()),
            [change.Id.ToString(), change.OrderId, .. change.Guard.Values.Select(IssueColumns.Of)]);
        if (found is null)
        {
            return new ChangeResult.Outdated();
        }

        var size = found.Size.With(change);
        if (!size.IsAllowedAfter(change))
        {
            return new ChangeResult.Full();
        }

        Update(session, change, found.IssueId, size);

        // Concurrent changes may be stored in another order than they were decided.
        var at = found.LastChange > change.At ? found.LastChange.Value : change.At;
        AddHistory(session, found.IssueId, found.Version + 1, change.Entry with { At = at });
        if (change.Message is { } message)
        {
            Discussions.Add(session, message with { CreatedAt = at }, found.IssueId, found.Version + 1);
            SearchTables.Add(session, message, found.IssueId, found.Version + 1);
        }

        var changed = Read(session, "WHERE issueId = ?", found.IssueId)!;
        SearchTables.Update(session, change.Fields, changed, found.IssueId);
        return new ChangeResult.Applied(changed);
    }

    private static OrderIssue WithDiscussion(SqliteSession session, OrderIssue issue) =>
        issue with { Discussion = Discussions.Read(session, long.Parse(issue.IssueId!, CultureInfo.InvariantCulture)) };

    private static void Update(SqliteSession session, IssueChange change, long issueId, IssueSize size)
    {
        var fields = string.Concat(change.Fields.Select(field => $", \"{field.Field}\" = ?"));
        session.Execute(
            $"UPDATE issues SET __v = __v + 1, updatedAt = max(updatedAt + 1, ?), messages = ?, bytes = ?{fields} WHERE issueId = ?",
            [change.UpdatedAt, size.Messages, size.Bytes, .. change.Fields.Select(field => IssueColumns.Of(field.To)), issueId]);
    }

    private static void AddHistory(SqliteSession session, long issueId, long version, HistoryEntry entry) =>
        session.Execute(InsertHistory, issueId, version, entry.At, entry.By, entry.Caller, entry.Action, StoredJson.Write(entry.Changes));

    private sealed record Guarded(long IssueId, long Version, IssueSize Size, DateTimeOffset? LastChange);
}
