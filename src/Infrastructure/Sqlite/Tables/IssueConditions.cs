using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>What a list asks for, as conditions on the table <c>issues</c>. What callers said is in their values only.</summary>
internal sealed class IssueConditions
{
    private readonly List<string> conditions = ["true"];
    private readonly List<SqliteValue> values = [];

    /// <param name="filter">What is asked for.</param>
    /// <param name="isInOrder">Whether the issues are to be read in order and not all of them, so that a text that many have needn't be looked up.</param>
    public IssueConditions(IssueFilter filter, bool isInOrder = false)
    {
        foreach (var field in filter.Fields)
        {
            if (field is { Field: FilterField.Sku, Values: [var sku] })
            {
                From = "skus CROSS JOIN issues USING (issueId, createdAt, _id)";
                Add("sku = ?", sku);
                continue;
            }

            Add(field);
        }

        Add("createdAt", filter.CreatedAt);
        Add("updatedAt", filter.UpdatedAt);
        if (filter.Text is { } text)
        {
            Add(isInOrder ? SearchTables.InCommonText : SearchTables.InText, SearchTables.Phrase(text));
        }
    }

    /// <summary>What follows FROM. A single SKU finds its issues in the order that they were reported in.</summary>
    public string From { get; } = "issues";

    /// <summary>What follows WHERE.</summary>
    public string Where => string.Join(" AND ", conditions);

    /// <summary>What its question marks stand for.</summary>
    public IReadOnlyList<SqliteValue> Values => values;

    public static string ColumnOf(SortField field) => field == SortField.CreatedAt ? "createdAt" : "updatedAt";

    public void AddAfter(IssuePosition position, IssueSort sort) =>
        Add($"({ColumnOf(sort.By)}, _id) {(sort.Descending ? "<" : ">")} (?, ?)", position.Time, position.Id.ToString());

    private void Add(FieldFilter filter)
    {
        var (column, format) = Shape(filter.Field);
        var (condition, value) = filter.Field == FilterField.IssueId
            ? AnyOf([.. filter.Values.Select(IssueColumns.NumberOf).OfType<long>()], number => number)
            : AnyOf(filter.Values, text => text);
        Add(string.Format(CultureInfo.InvariantCulture, format, $"{column} {condition}"), value);
    }

    /// <summary>A single value lets an index sort what it finds; several come as one, so that their number changes no statement.</summary>
    private static (string Condition, SqliteValue Value) AnyOf<T>(IReadOnlyList<T> values, Func<T, SqliteValue> toValue) =>
        values is [var single] ? ("= ?", toValue(single)) : ("IN (SELECT value FROM json_each(?))", StoredJson.Write(values));

    private void Add(string column, TimeRange range)
    {
        if (range.From is { } from)
        {
            Add($"{column} >= ?", from);
        }

        if (range.To is { } to)
        {
            Add($"{column} < ?", to);
        }
    }

    private void Add(string condition, params SqliteValue[] its)
    {
        conditions.Add(condition);
        values.AddRange(its);
    }

    /// <summary>The column of a field, and how a condition on it becomes one on the issue.</summary>
    private static (string Column, string Format) Shape(FilterField field) => field switch
    {
        FilterField.OrderId => ("OrderId", "{0}"),
        FilterField.IssueId => ("issueId", "{0}"),
        FilterField.TicketId => ("ticketId", "{0}"),

        // Without statistics SQLite takes each equality for as rare as any other, but many issues have the same status.
        FilterField.Status => ("status", "likelihood({0}, 0.5)"),
        FilterField.Channel => ("channel", "{0}"),
        FilterField.Source => ("source", "{0}"),
        FilterField.IssueType => ("issueType", "{0}"),
        FilterField.Sku => ("sku", "issueId IN (SELECT issueId FROM skus WHERE {0})"),
        FilterField.TrackingNumber => ("trackingNumber", "issueId IN (SELECT issueId FROM trackingNumbers WHERE {0})"),
        FilterField.Picker => ("picker", "{0}"),
        FilterField.Packer => ("packer", "{0}"),
        FilterField.Palletter => ("palletter", "{0}"),
        FilterField.CustomerEmail => ("customerEmail", "{0}"),
        FilterField.CreatedBy => ("createdBy", "{0}"),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };
}
