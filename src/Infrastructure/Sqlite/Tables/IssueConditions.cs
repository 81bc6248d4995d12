using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>SQL conditions of a filter, with bound values.</summary>
internal sealed class IssueConditions
{
    private const string IsResolved = "coalesce(status, '') IN (SELECT value FROM json_each(?))";
    private const string IsUnresolved = "coalesce(status, '') NOT IN (SELECT value FROM json_each(?))";

    // The index has few statuses, which are found one after the other. Most issues are resolved, and aren't looked at.
    private const string IsUnresolvedByIndex = """
        (status IS NULL OR status IN (
            WITH RECURSIVE stored (status) AS (
                SELECT min(status) FROM issues UNION ALL
                SELECT (SELECT min(issues.status) FROM issues WHERE issues.status > stored.status)
                FROM stored WHERE stored.status IS NOT NULL)
            SELECT status FROM stored WHERE status NOT IN (SELECT value FROM json_each(?))))
        """;

    private readonly List<string> conditions = ["true"];
    private readonly List<SqliteValue> values = [];

    /// <summary>True where unresolved issues are looked at one after the other: they are fewer than those with a label.</summary>
    private readonly bool isByStatus;

    /// <param name="filter">Criteria.</param>
    /// <param name="search">Way to find the text, if there is one.</param>
    /// <param name="isOrdered">False where the order of what is found doesn't matter.</param>
    public IssueConditions(IssueFilter filter, TextSearch search, bool isOrdered = true)
    {
        // For a page, an index in its order is better.
        var isUnresolved = isOrdered ? IsUnresolved : IsUnresolvedByIndex;
        isByStatus = !isOrdered && (filter.IsResolved == false || filter.IsOverdue == true || filter.OlderThanHours is not null);
        foreach (var (field, accepted) in filter.Fields)
        {
            if (field == IssueField.Sku && accepted is [{ } sku])
            {
                From = "skus CROSS JOIN issues USING (issueId, createdAt, _id)";
                Add("sku = ?", sku);
                continue;
            }

            Add(field, [.. accepted.Select(value => value is null ? null : IssueColumns.FormOf(field, value))], filter.TypeKeys);
        }

        foreach (var (field, range) in filter.Times)
        {
            Add(field, range);
        }

        if (filter.IsResolved is { } isResolved)
        {
            Add(isResolved ? IsResolved : isUnresolved, StoredJson.Write(filter.ResolvedStatuses));
        }

        if (filter.IsOverdue is { } isOverdue)
        {
            // The sign keeps SQLite from the index of due times, which has those of all resolved issues.
            var condition = isOverdue
                ? $"{(isByStatus ? "+" : "")}dueAt < ? AND mergedInto IS NULL AND {isUnresolved}"
                : $"NOT (coalesce(dueAt < ?, false) AND mergedInto IS NULL AND {IsUnresolved})";
            Add(condition, filter.Now, StoredJson.Write(filter.ResolvedStatuses));
        }

        if (filter.OlderThanHours is { } hours)
        {
            var condition = $"createdAt < ? AND mergedInto IS NULL AND {isUnresolved}";
            Add(condition, filter.Now.AddHours(-hours), StoredJson.Write(filter.ResolvedStatuses));
        }

        if (filter.Text is { } text)
        {
            var (condition, value) = TextConditions.Having(text, search);
            Add(condition, value);
        }
    }

    public string From { get; } = "issues";

    public string Where => string.Join(" AND ", conditions);

    public IReadOnlyList<SqliteValue> Values => values;

    /// <summary>Leaves out what isn't dated, or what is.</summary>
    public void AddPart(IssueField field, bool isDated) => Add(isDated ? $"{field} IS NOT NULL" : $"{field} IS NULL");

    public void AddAfter(IssuePosition position, IssueSort sort)
    {
        var past = sort.Descending ? "<" : ">";
        if (position.Time is { } time)
        {
            Add($"({sort.By}, _id) {past} (?, ?)", time, position.Id.ToString());
        }
        else
        {
            Add($"_id {past} ?", position.Id.ToString());
        }
    }

    private void Add(IssueField field, IReadOnlyList<string?> accepted, IReadOnlyList<string> typeKeys)
    {
        var values = accepted.OfType<string>().ToList();
        var (condition, value) = field == IssueField.IssueId
            ? AnyOf([.. values.Select(IssueColumns.NumberOf).OfType<long>()], number => number)
            : AnyOf(values, text => text);
        var any = ConditionOn(field, $"{IssueColumns.ComparedAs(field)} {condition}");
        var withNone = accepted.Contains(null) ? $"({any} OR {IssueColumns.IsNone(field)})" : any;
        var isByMeaning = field == IssueField.IssueType && typeKeys.Count > 0;
        Add(
            isByMeaning ? $"({withNone} OR {SqliteDatabase.TypeKey}(issueType) IN (SELECT value FROM json_each(?)))" : withNone,
            isByMeaning ? [value, StoredJson.Write(typeKeys)] : [value]);
    }

    // One JSON list, so that the statement is the same for any number of values. With a single value the index also sorts.
    private static (string Condition, SqliteValue Value) AnyOf<T>(IReadOnlyList<T> accepted, Func<T, SqliteValue> toValue) =>
        accepted is [var single] ? ("= ?", toValue(single)) : ("IN (SELECT value FROM json_each(?))", StoredJson.Write(accepted));

    private void Add(IssueField field, TimeRange range)
    {
        if (range.From is { } from)
        {
            Add($"{field} >= ?", from);
        }

        if (range.To is { } to)
        {
            Add($"{field} < ?", to);
        }
    }

    private void Add(string condition, params SqliteValue[] bound)
    {
        conditions.Add(condition);
        values.AddRange(bound);
    }

    private string ConditionOn(IssueField field, string condition) =>
        field == IssueField.Sku ? $"issueId IN (SELECT issueId FROM skus WHERE {condition})"
        : field == IssueField.TrackingNumber ? $"issueId IN (SELECT issueId FROM trackingNumbers WHERE {condition})"
        : IssueColumns.IsLabel(field) && isByStatus ? $"EXISTS (SELECT 1 FROM labels WHERE {condition} AND labels.issueId = issues.issueId)"
        : IssueColumns.IsLabel(field) ? $"issueId IN (SELECT issueId FROM labels WHERE {condition})"
        : field == IssueField.CustomerEmail ? $"issueId IN (SELECT issueId FROM customers WHERE {condition})"

        // Without statistics SQLite assumes that every equality is equally selective, but many issues share a status.
        : field == IssueField.Status ? $"likelihood({condition}, 0.5)"
        : condition;
}
