using System.Globalization;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Domain.Issues.Queries.Filters;
using OrderIssues.Infrastructure.Sqlite.Sessions;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>What a list asks for, as a condition on the table <c>issues</c>. What callers said is in its values only.</summary>
internal sealed class IssueConditions
{
    private readonly List<string> conditions = ["true"];
    private readonly List<SqliteValue> values = [];

    public IssueConditions(IssueFilter filter)
    {
        foreach (var field in filter.Fields)
        {
            Add(field);
        }

        Add("createdAt", filter.CreatedAt);
        Add("updatedAt", filter.UpdatedAt);
    }

    /// <summary>What follows WHERE.</summary>
    public string Sql => string.Join(" AND ", conditions);

    /// <summary>What its question marks stand for.</summary>
    public IReadOnlyList<SqliteValue> Values => values;

    public static string ColumnOf(SortField field) => field == SortField.CreatedAt ? "createdAt" : "updatedAt";

    public void AddAfter(IssuePosition position, IssueSort sort) =>
        Add($"({ColumnOf(sort.By)}, _id) {(sort.Descending ? "<" : ">")} (?, ?)", position.Time, position.Id.ToString());

    /// <summary>A single value lets an index sort what it finds; several come as one, so that their number changes no statement.</summary>
    private void Add(FieldFilter filter)
    {
        var (column, format) = Shape(filter.Field);
        if (filter.Field == FilterField.IssueId)
        {
            var numbers = filter.Values.Select(IssueColumns.NumberOf).OfType<long>().ToArray();
            AddAny(format, column, [.. numbers.Select(number => (SqliteValue)number)], StoredJson.Write(numbers));
        }
        else
        {
            AddAny(format, column, [.. filter.Values.Select(value => (SqliteValue)value)], StoredJson.Write(filter.Values));
        }
    }

    private void AddAny(string format, string column, SqliteValue[] each, string json)
    {
        var (condition, value) = each is [var single] ? ("= ?", single) : ("IN (SELECT value FROM json_each(?))", json);
        Add(string.Format(CultureInfo.InvariantCulture, format, $"{column} {condition}"), value);
    }

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
        FilterField.Status => ("status", "{0}"),
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
