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

    public const string NewestFirst = "ORDER BY createdAt DESC, _id DESC";

    public static OrderIssue Insert(SqliteSession session, OrderIssue issue)
    {
        var issueId = session.First(NextIssueId, row => row.Integer());
        var columns = IssueColumns.Of(issue, issueId);
        var opening = issue.CreationEntry();
        var size = IssueSize.Of(columns, opening);
        session.Execute(InsertIssue, [.. columns, size.Bytes]);
        Histories.Add(session, opening, issueId, issue.Version);
        var added = issue with { IssueId = issueId.ToString(CultureInfo.InvariantCulture), StoredBytes = size.Bytes };
        Events.Add(session, opening, added, issueId);
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

    public static IssuePage List(SqliteSession session, IssueFilter filter, IssueSort sort, IssuePosition? after, int limit, bool isIndexed)
    {
        var conditions = new IssueConditions(session, filter, isIndexed);
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

    public static long Count(SqliteSession session, IssueFilter filter, bool isIndexed)
    {
        var conditions = new IssueConditions(session, filter, isIndexed);
        return session.First(
            $"SELECT count(*) FROM {conditions.From} WHERE {conditions.Where}", row => row.Integer(), [.. conditions.Values]);
    }

    private static OrderIssue WithDiscussion(SqliteSession session, OrderIssue issue) =>
        issue with { Discussion = Discussions.Read(session, long.Parse(issue.IssueId!, CultureInfo.InvariantCulture)) };
}
