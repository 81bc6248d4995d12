using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

internal static class IssueTallies
{
    // A clock that was set back may have dated a resolution before its report.
    private const string Took = "CASE WHEN issueResolvedAt >= createdAt THEN issueResolvedAt - createdAt END AS took";

    public static IReadOnlyList<IssueTally> Read(SqliteSession session, IssueFilter filter, IReadOnlyList<IssueField> by, TextSearch search)
    {
        var conditions = new IssueConditions(filter, search);
        var names = string.Join(", ", by.Select((_, i) => $"value{i}"));
        var values = string.Join(", ", by.Select((field, i) => $"{ValueOf(field)} AS value{i}"));
        return session.All(
            $"""
            SELECT {names}, status, count(*), sum(isFirst), sum(units), count(took), total(took)
            FROM ({(by.Contains(IssueField.Sku) ? OfEachSku(values, conditions) : OfEachIssue(values, conditions))})
            GROUP BY {names}, status
            """,
            row => new IssueTally
            {
                Values = [.. by.Select(_ => row.Text())],
                Status = row.Text(),
                Issues = row.Integer(),
                IssuesOfTotal = row.Integer(),
                Units = row.Integer(),
                Timed = row.Integer(),
                MillisecondsToResolve = row.Real(),
            },
            [.. conditions.Values]);
    }

    private static string OfEachIssue(string values, IssueConditions conditions) => $"""
        SELECT {values}, status, 1 AS isFirst, {Took},
            (SELECT coalesce(sum(item.value ->> 'qty'), 0) FROM json_each(items) AS item) AS units
        FROM {conditions.From} WHERE {conditions.Where}
        """;

    // One row per issue and SKU; the row with the first line counts the issue.
    private static string OfEachSku(string values, IssueConditions conditions) => $"""
        SELECT {values}, status, coalesce(min(item.key), 0) = 0 AS isFirst, {Took}, coalesce(sum(item.value ->> 'qty'), 0) AS units
        FROM {conditions.From} LEFT JOIN json_each(items) AS item WHERE {conditions.Where}
        GROUP BY issueId, item.value ->> 'sku'
        """;

    private static string ValueOf(IssueField field) =>
        field == IssueField.Sku ? "item.value ->> 'sku'"
        : field == IssueField.Day ? "strftime('%Y-%m-%d', createdAt / 1000, 'unixepoch')"
        : field.Name;
}
