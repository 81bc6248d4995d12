using OrderIssues.Domain;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>SQL conditions of a filter, with bound values.</summary>
internal sealed class IssueConditions
{
    private const string IsResolved = "coalesce(status, '') IN (SELECT value FROM json_each(?))";
    private const string IsUnresolved = "coalesce(status, '') NOT IN (SELECT value FROM json_each(?))";
    private const string IsOpen = $"mergedInto IS NULL AND {IsUnresolved}";
    private readonly List<string> conditions = ["true"];
    private readonly List<SqliteValue> values = [];

    /// <param name="filter">Criteria.</param>
    /// <param name="search">Way to find the text, if there is one.</param>
    public IssueConditions(IssueFilter filter, TextSearch search)
    {
        foreach (var (field, accepted) in filter.Fields)
        {
            if (field == IssueField.Sku && accepted is [{ } sku])
            {
                From = "skus CROSS JOIN issues USING (issueId, createdAt, _id)";
                Add("sku = ?", sku);
                continue;
            }

            Add(field, [.. accepted.Select(value => value is null ? null : FormOf(field, value))]);
        }

        foreach (var (field, range) in filter.Times)
        {
            Add(field, range);
        }

        if (filter.IsResolved is { } isResolved)
        {
            Add(isResolved ? IsResolved : IsUnresolved, StoredJson.Write(filter.ResolvedStatuses));
        }

        if (filter.IsOverdue is { } isOverdue)
        {
            var condition = isOverdue ? $"dueAt < ? AND {IsOpen}" : $"NOT (coalesce(dueAt < ?, false) AND {IsOpen})";
            Add(condition, filter.Now, StoredJson.Write(filter.ResolvedStatuses));
        }

        if (filter.OlderThanHours is { } hours)
        {
            Add($"createdAt < ? AND {IsOpen}", filter.Now.AddHours(-hours), StoredJson.Write(filter.ResolvedStatuses));
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

    private void Add(IssueField field, IReadOnlyList<string?> accepted)
    {
        var values = accepted.OfType<string>().ToList();
        var (condition, value) = field == IssueField.IssueId
            ? AnyOf([.. values.Select(IssueColumns.NumberOf).OfType<long>()], number => number)
            : AnyOf(values, text => text);
        var any = ConditionOn(field, $"{ColumnOf(field)} {condition}");
        Add(accepted.Contains(null) ? $"({any} OR {NoneOf(field)})" : any, value);
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

    private static string FormOf(IssueField field, string value) =>
        field.Is(FieldTraits.LowerCase) ? value.ToLowerInvariant()
        : field.Is(FieldTraits.IgnoresCase) ? CaseFolding.Fold(value)
        : value;

    private static bool IsLabel(IssueField field) => field == IssueField.Assignee || field == IssueField.Tag;

    private static string ColumnOf(IssueField field) =>
        IsLabel(field) ? $"field = '{field}' AND value"
        : field.Is(FieldTraits.IgnoresCase) && field != IssueField.CustomerEmail ? $"{SqliteDatabase.CaseFolded}({field})"
        : field.Name;

    private static string NoneOf(IssueField field) =>
        field == IssueField.Sku ? "json_array_length(items) = 0"
        : field == IssueField.TrackingNumber ? "json_array_length(trackingNumber) = 0"
        : field == IssueField.Tag ? "tags IS NULL"
        : $"{field} IS NULL";

    private static string ConditionOn(IssueField field, string condition) =>
        field == IssueField.Sku ? $"issueId IN (SELECT issueId FROM skus WHERE {condition})"
        : field == IssueField.TrackingNumber ? $"issueId IN (SELECT issueId FROM trackingNumbers WHERE {condition})"
        : IsLabel(field) ? $"issueId IN (SELECT issueId FROM labels WHERE {condition})"
        : field == IssueField.CustomerEmail ? $"issueId IN (SELECT issueId FROM customers WHERE {condition})"

        // Without statistics SQLite assumes that every equality is equally selective, but many issues share a status.
        : field == IssueField.Status ? $"likelihood({condition}, 0.5)"
        : condition;
}
