using OrderIssues.Domain;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>Columns of <c>issues</c>, all in one order.</summary>
internal static class IssueColumns
{
    public const string Names =
        "issueId, _id, OrderId, ticketId, channel, source, items, trackingNumber, picker, packer, palletter, customerName, customerEmail, "
        + "issueType, status, customerReachedAt, shipped_at, notes, createdBy, issueResolvedAt, createdAt, updatedAt, __v, "
        + "assignee, tags, priority, dueAt, fault, cost, mergedInto, bytes";

    public static readonly int Count = Names.Count(',') + 1;

    /// <summary>Columns with the name of their table.</summary>
    public static readonly string Qualified = string.Join(", ", Names.Split(", ").Select(name => $"issues.{name}"));

    public static readonly string Insert =
        $"INSERT INTO issues ({Names}) VALUES (?{string.Concat(Enumerable.Repeat(", ?", Names.Count(',')))})";

    /// <summary>Parses an issue's number; null for other texts.</summary>
    public static long? NumberOf(string? issueId) =>
        long.TryParse(issueId, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == issueId
            ? number
            : null;

    public static SqliteValue Of(object? value) => value switch
    {
        null or string => (string?)value,
        DateTimeOffset time => time,
        int number => number,
        _ => StoredJson.Write(value),
    };

    /// <summary>Values of all columns but the last.</summary>
    public static SqliteValue[] Of(OrderIssue issue, long issueId) =>
    [
        issueId,
        issue.Id.ToString(),
        issue.OrderId,
        issue.TicketId,
        issue.Channel,
        issue.Source,
        StoredJson.WriteList(issue.Items),
        StoredJson.WriteList(issue.TrackingNumber),
        issue.Picker,
        issue.Packer,
        issue.Palletter,
        issue.CustomerName,
        issue.CustomerEmail,
        issue.IssueType,
        issue.Status,
        issue.CustomerReachedAt,
        issue.ShippedAt,
        issue.Notes,
        issue.CreatedBy,
        issue.IssueResolvedAt,
        issue.CreatedAt ?? issue.Id.Timestamp,
        issue.UpdatedAt ?? issue.Id.Timestamp,
        issue.Version,
        issue.Assignee,
        Of(IssueField.Tags.Get(issue)),
        issue.Priority,
        issue.DueAt,
        issue.Fault,
        Of(issue.Cost),
        issue.MergedInto,
    ];

    /// <summary>Reads an issue without its discussion.</summary>
    public static OrderIssue Read(SqliteRow row) => new()
    {
        IssueId = row.Integer().ToString(CultureInfo.InvariantCulture),
        Id = EntityId.Parse(row.Text()!),
        OrderId = row.Text()!,
        TicketId = row.Text(),
        Channel = row.Text(),
        Source = row.Text(),
        Items = StoredJson.Read<IssueItem[]>(row.Text()!),
        TrackingNumber = StoredJson.Read<string[]>(row.Text()!),
        Picker = row.Text(),
        Packer = row.Text(),
        Palletter = row.Text(),
        CustomerName = row.Text(),
        CustomerEmail = row.Text(),
        IssueType = row.Text(),
        Status = row.Text(),
        CustomerReachedAt = row.Time(),
        ShippedAt = row.Time(),
        Notes = row.Text(),
        CreatedBy = row.Text(),
        IssueResolvedAt = row.Time(),
        CreatedAt = row.Time(),
        UpdatedAt = row.Time(),
        Version = (int)row.Integer(),
        Assignee = row.Text(),
        Tags = row.Text() is { } tags ? StoredJson.Read<string[]>(tags) : [],
        Priority = row.Text(),
        DueAt = row.Time(),
        Fault = row.Text(),
        Cost = row.Text() is { } cost ? StoredJson.Read<Cost>(cost) : null,
        MergedInto = row.Text(),
        StoredBytes = row.Integer(),
    };

    /// <summary>True for a field by whose values issues are found in the table of labels.</summary>
    public static bool IsLabel(IssueField field) => field == IssueField.Assignee || field == IssueField.Tag;

    /// <summary>Gives the form of a filter's value in which it is compared.</summary>
    public static string FormOf(IssueField field, string value) =>
        field.Is(FieldTraits.LowerCase) ? value.ToLowerInvariant()
        : field.Is(FieldTraits.IgnoresCase) ? CaseFolding.Fold(value)
        : value;

    /// <summary>SQL before what a filter's value is compared with.</summary>
    public static string ComparedAs(IssueField field) =>
        IsLabel(field) ? $"field = '{field}' AND value"
        : field.Is(FieldTraits.IgnoresCase) && field != IssueField.CustomerEmail ? $"{SqliteDatabase.CaseFolded}({field})"
        : field.Name;

    /// <summary>SQL for issues without a value of the field.</summary>
    public static string IsNone(IssueField field) =>
        field == IssueField.Sku ? "json_array_length(items) = 0"
        : field == IssueField.TrackingNumber ? "json_array_length(trackingNumber) = 0"
        : field == IssueField.Tag ? "tags IS NULL"
        : $"{field} IS NULL";
}
