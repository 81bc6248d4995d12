using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

internal static class IssueTallies
{
    // A clock that was set back may have dated a resolution before its report.
    private const string Took = "CASE WHEN issueResolvedAt >= createdAt THEN issueResolvedAt - createdAt END AS took";

    // Whole hundredths add up without error.
    private const string Cost =
        "cost ->> 'currency' AS currency, CAST(round((cost ->> 'amount') * 100) AS INTEGER) AS hundredths";

    private const string UnitsOfAll = "(SELECT coalesce(sum(item.value ->> 'qty'), 0) FROM json_each(items) AS item)";

    public static IReadOnlyList<IssueTally> Read(SqliteSession session, IssueFilter filter, IReadOnlyList<IssueField> by, TextSearch search)
    {
        var conditions = new IssueConditions(filter, search, isOrdered: false);
        var names = string.Join(", ", by.Select((_, i) => $"value{i}"));
        var values = string.Join(", ", by.Select((field, i) => $"{ValueOf(field)} AS value{i}"));
        return session.All(
            $"""
            SELECT {names}, status, currency,
                count(*), sum(isFirst), sum(units), sum(units * isFirstTag), count(took), total(took),
                sum(hundredths), sum(hundredths * isFirst)
            FROM ({Rows(values, by, conditions)})
            GROUP BY {names}, status, currency
            """,
            row => new IssueTally
            {
                Values = [.. by.Select(_ => row.Text())],
                Status = row.Text(),
                Currency = row.Text(),
                Issues = row.Integer(),
                IssuesOfTotal = row.Integer(),
                Units = row.Integer(),
                UnitsOfTotal = row.Integer(),
                Timed = row.Integer(),
                MillisecondsToResolve = row.Real(),
                Cost = row.Integer() / 100m,
                CostOfTotal = row.Integer() / 100m,
            },
            [.. conditions.Values]);
    }

    // One row per issue, SKU and tag, as far as they are counted by; the first one counts the issue.
    private static string Rows(string values, IReadOnlyList<IssueField> by, IssueConditions conditions)
    {
        var bySku = by.Contains(IssueField.Sku);
        var byTag = by.Contains(IssueField.Tag);
        var isFirstTag = byTag ? "coalesce(tag.key, 0) = 0" : "true";
        return $"""
            SELECT {values}, status, {Took}, {Cost},
                {isFirstTag} AS isFirstTag, {isFirstTag} AND {(bySku ? "coalesce(min(item.key), 0) = 0" : "true")} AS isFirst,
                {(bySku ? "coalesce(sum(item.value ->> 'qty'), 0)" : UnitsOfAll)} AS units
            FROM {conditions.From}
                {(bySku ? "LEFT JOIN json_each(items) AS item" : "")} {(byTag ? "LEFT JOIN json_each(tags) AS tag" : "")}
            WHERE {conditions.Where} AND mergedInto IS NULL
            {(bySku ? $"GROUP BY issueId, item.value ->> 'sku'{(byTag ? ", tag.value" : "")}" : "")}
            """;
    }

    private static string ValueOf(IssueField field) =>
        field == IssueField.Sku ? "item.value ->> 'sku'"
        : field == IssueField.Tag ? "tag.value"
        : field == IssueField.Day ? "strftime('%Y-%m-%d', createdAt / 1000, 'unixepoch')"
        : field.Name;
}
