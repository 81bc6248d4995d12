using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

internal static class IssueTallies
{
    public static IReadOnlyList<IssueTally> Read(SqliteSession session, IssueFilter filter, IssueField by)
    {
        var conditions = new IssueConditions(filter);
        return session.All(
            $"""
            SELECT value, status, count(*), sum(isFirst), sum(units), count(took), total(took)
            FROM ({(by == IssueField.Sku ? OfEachSku(conditions) : OfEachIssue(ValueOf(by), conditions))})
            GROUP BY value, status
            """,
            row => new IssueTally
            {
                Value = row.Text(),
                Status = row.Text(),
                Issues = row.Integer(),
                IssuesOfTotal = row.Integer(),
                Units = row.Integer(),
                Timed = row.Integer(),
                MillisecondsToResolve = row.Real(),
            },
            [.. conditions.Values]);
    }

    // A clock that was set back may have dated a resolution before its report.
    private const string Took = "CASE WHEN issueResolvedAt >= createdAt THEN issueResolvedAt - createdAt END AS took";

    private static string OfEachIssue(string value, IssueConditions conditions) => $"""
        SELECT {value} AS value, status, 1 AS isFirst, {Took},
            (SELECT coalesce(sum(item.value ->> 'qty'), 0) FROM json_each(items) AS item) AS units
        FROM {conditions.From} WHERE {conditions.Where}
        """;

    // One row per issue and SKU; the row with the first line counts the issue.
    private static string OfEachSku(IssueConditions conditions) => $"""
        SELECT min(item.value ->> 'sku') AS value, status, coalesce(min(item.key), 0) = 0 AS isFirst, {Took},
            coalesce(sum(item.value ->> 'qty'), 0) AS units
        FROM {conditions.From} LEFT JOIN json_each(items) AS item WHERE {conditions.Where}
        GROUP BY issueId, lower(item.value ->> 'sku')
        """;

    private static string ValueOf(IssueField field) =>
        field == IssueField.Day ? "strftime('%Y-%m-%d', createdAt / 1000, 'unixepoch')" : field.Name;
}
