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

    public const string WithId = "SELECT issueId FROM issues WHERE _id = ?";
    public const string OfOrder = "SELECT issueId FROM issues WHERE issueId = ? AND OrderId = ?";
    public const string NewestOfOrder = $"SELECT issueId FROM issues WHERE OrderId = ? AND {IsNotMerged} {NewestFirst} LIMIT 1";
    private const string IsNotMerged = "mergedInto IS NULL";
    private const string NewestFirst = "ORDER BY createdAt DESC, _id DESC";

    public static OrderIssue Insert(SqliteSession session, OrderIssue issue)
    {
        var issueId = session.First(NextIssueId, row => row.Integer());
        var columns = IssueColumns.Of(issue, issueId);
        var opening = issue.CreationEntry();
        var size = IssueSize.Of(columns, opening);
        session.Execute(IssueColumns.Insert, [.. columns, size.Bytes]);
        Histories.Add(session, opening, issueId, issue.Version);
        var added = issue with { IssueId = issueId.ToString(CultureInfo.InvariantCulture), StoredBytes = size.Bytes };
        Events.Add(session, opening, added, issueId);
        SearchTables.Add(session, added, issueId);
        return added;
    }

    /// <summary>Reads an issue with its discussion.</summary>
    /// <param name="session">Session.</param>
    /// <param name="issueId">SQL for its number.</param>
    /// <param name="values">Values of the SQL.</param>
    // One query; by a single number SQLite reads messages in their order without sorting.
    public static OrderIssue? Read(SqliteSession session, string issueId, params ReadOnlySpan<SqliteValue> values)
    {
        OrderIssue? issue = null;
        var discussion = session.All(
            $"""
            SELECT {IssueColumns.Qualified}, {Discussions.Columns}
            FROM issues LEFT JOIN discussion ON discussion.issueId = issues.issueId
            WHERE issues.issueId = ({issueId}) ORDER BY discussion.__v
            """,
            row =>
            {
                issue ??= IssueColumns.Read(row);
                row.MoveTo(IssueColumns.Count);
                return Discussions.Read(row);
            },
            values);
        return issue is null || discussion is [null] ? issue : issue with { Discussion = discussion! };
    }

    /// <summary>Reads an issue without its discussion.</summary>
    /// <inheritdoc cref="Read"/>
    public static OrderIssue? ReadHead(SqliteSession session, string issueId, params ReadOnlySpan<SqliteValue> values) => session.First(
        $"SELECT {IssueColumns.Names}, {Discussions.LastAt} FROM issues WHERE issueId = ({issueId})",
        row => IssueColumns.Read(row) with { LastMessageAt = row.Time() },
        values);

    /// <summary>Reads the newest issues of an order without their discussions.</summary>
    public static IReadOnlyList<OrderIssue> ReadHeadsOfOrder(
        SqliteSession session, string orderId, DateTimeOffset createdFrom, int limit) => session.All(
            $"SELECT {IssueColumns.Names} FROM issues WHERE OrderId = ? AND createdAt >= ? AND {IsNotMerged} {NewestFirst} LIMIT ?",
            IssueColumns.Read, orderId, createdFrom, limit);

    public static OrderIssue? ReadNewestOfTicket(SqliteSession session, string ticketId, Func<OrderIssue, bool> predicate)
    {
        var issues = session.Until(
            rows => predicate(rows[^1]),
            $"SELECT {IssueColumns.Names} FROM issues WHERE ticketId = ? {NewestFirst}",
            IssueColumns.Read,
            ticketId);
        return issues.Count > 0 && predicate(issues[^1]) ? WithDiscussions(session, [issues[^1]])[0] : null;
    }

    public static IssuePage List(
        SqliteSession session, IssueFilter filter, IssueSort sort, IssuePosition? after, int limit, TextSearch search)
    {
        var page = ListHeads(session, filter, sort, after, limit, search);
        return page with { Issues = WithDiscussions(session, page.Issues) };
    }

    /// <summary>Lists issues without their discussions.</summary>
    public static IssuePage ListHeads(
        SqliteSession session, IssueFilter filter, IssueSort sort, IssuePosition? after, int limit, TextSearch search)
    {
        // All have the other times. What is never due is a part of its own, so that it comes last, by an index.
        if (sort.By != IssueField.DueAt)
        {
            return IssuePage.Of(ListHeads(session, new IssueConditions(filter, search), sort, after, limit), limit, sort);
        }

        var issues = new List<OrderIssue>();
        if (after is null or { Time: not null })
        {
            var dated = new IssueConditions(filter, search);
            dated.AddPart(sort.By, isDated: true);
            issues = ListHeads(session, dated, sort, after, limit);
        }

        if (!IssuePage.IsExceededBy(issues, limit))
        {
            var undated = new IssueConditions(filter, search);
            undated.AddPart(sort.By, isDated: false);
            issues.AddRange(ListHeads(session, undated, sort, after is { Time: null } ? after : null, limit - issues.Count));
        }

        return IssuePage.Of(issues, limit, sort);
    }

    private static List<OrderIssue> ListHeads(
        SqliteSession session, IssueConditions conditions, IssueSort sort, IssuePosition? after, int limit)
    {
        if (after is { } position)
        {
            conditions.AddAfter(position, sort);
        }

        var direction = sort.Descending ? "DESC" : "ASC";
        return session.Until(
            rows => IssuePage.IsExceededBy(rows, limit),
            $"SELECT {IssueColumns.Names} FROM {conditions.From} WHERE {conditions.Where} "
            + $"ORDER BY {sort.By} {direction}, _id {direction} LIMIT ?",
            IssueColumns.Read,
            [.. conditions.Values, limit + 1]);
    }

    public static long Count(SqliteSession session, IssueFilter filter, TextSearch search)
    {
        var conditions = new IssueConditions(filter, search, isOrdered: false);
        return session.First(
            $"SELECT count(*) FROM {conditions.From} WHERE {conditions.Where}", row => row.Integer(), [.. conditions.Values]);
    }

    private static IReadOnlyList<OrderIssue> WithDiscussions(SqliteSession session, IReadOnlyList<OrderIssue> issues)
    {
        var discussions = Discussions.ReadAll(session, issues.Select(issue => issue.IssueId!));
        return [.. issues.Select(issue => issue with { Discussion = [.. discussions[issue.IssueId!]] })];
    }
}
