using OrderIssues.Infrastructure.Search;
using OrderIssues.Infrastructure.Sqlite.Schema;
using OrderIssues.Infrastructure.Sqlite.Tables;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.MongoDb.Search;

/// <summary>Writes issues into the index, with all that filters, sorts and groups them.</summary>
internal static class IssueRows
{
    /// <summary>Time of what has none. Such issues are sorted as before all others.</summary>
    public static readonly DateTimeOffset Undated = DateTimeOffset.MinValue;

    /// <summary>Version of the tables.</summary>
    public const int Version = 2;

    // As the store for one machine names them, so that its queries work here, too.
    public static readonly string Tables = $"""
        CREATE TABLE issues (
            {IssueColumns.Names.Replace("issueId,", "issueId INTEGER PRIMARY KEY,", StringComparison.Ordinal)}, UNIQUE (_id)
        );
        CREATE INDEX issues_by_creation ON issues (createdAt, _id);
        CREATE INDEX issues_by_update ON issues (updatedAt, _id);
        CREATE TABLE skus (sku, createdAt, _id, issueId, PRIMARY KEY (sku, createdAt, _id)) WITHOUT ROWID;
        CREATE INDEX skus_of_issue ON skus (issueId);
        CREATE TABLE trackingNumbers (trackingNumber, issueId, PRIMARY KEY (trackingNumber, issueId)) WITHOUT ROWID;
        CREATE INDEX trackingNumbers_of_issue ON trackingNumbers (issueId);
        CREATE TABLE customers (customerEmail, issueId, PRIMARY KEY (customerEmail, issueId)) WITHOUT ROWID;
        CREATE INDEX customers_of_issue ON customers (issueId);
        {TriageColumns.Labels} WITHOUT ROWID;
        CREATE INDEX labels_of_issue ON labels (issueId);
        """;

    private static readonly IReadOnlyList<IssueField> Searched = [.. IssueField.All.Where(field => field.Is(FieldTraits.Searched))];

    private const string NumberOf = "SELECT issueId FROM issues WHERE _id = ?";
    private const string NextNumber = "SELECT coalesce(max(issueId), 0) + 1 FROM issues";

    /// <summary>Id of the issue of a number in the index; null for none.</summary>
    public static string? IdOf(SqliteSession index, long number) =>
        index.First("SELECT _id FROM issues WHERE issueId = ?", row => row.Text(), number);

    /// <summary>Puts an issue in the place of what the index has of it.</summary>
    /// <param name="index">Session in which to write.</param>
    /// <param name="issue">Issue.</param>
    /// <param name="keepsMessages">True if no message changed that was there before.</param>
    /// <returns>Number of the issue in the index.</returns>
    public static long Put(SqliteSession index, OrderIssue issue, bool keepsMessages)
    {
        var number = Remove(index, issue.Id.ToString(), keepsMessages) ?? index.First(NextNumber, row => row.Integer());
        IndexRows.Write(index, TextsOf(issue, number));

        var stored = Folded(issue);
        index.Execute(IssueColumns.Insert, [.. IssueColumns.Of(stored, number), stored.StoredBytes]);
        SearchTables.Add(index, stored, number);
        return number;
    }

    /// <summary>Takes an issue out.</summary>
    /// <returns>Number that it had; null if it wasn't there.</returns>
    public static long? Remove(SqliteSession index, string id, bool keepsMessages = false)
    {
        if (index.First(NumberOf, row => row.OptionalInteger(), id) is not { } number)
        {
            return null;
        }

        foreach (var table in new[] { "issues", "skus", "trackingNumbers", "customers", "labels" })
        {
            index.Execute($"DELETE FROM {table} WHERE issueId = ?", number);
        }

        if (!keepsMessages)
        {
            IndexRows.Remove(index, number);
        }

        return number;
    }

    private static IEnumerable<IndexedText> TextsOf(OrderIssue issue, long number) =>
    [
        new(number, 0, string.Join('\n', Searched.SelectMany(field => TextsOf(field.Get(issue))))),
        .. issue.Discussion.Select((message, i) => new IndexedText(number, i + 1, message.Message)),
    ];

    private static IEnumerable<string> TextsOf(object? value) => value switch
    {
        string text => [text],
        IEnumerable<string> texts => texts,
        _ => [],
    };

    /// <summary>Has the texts as filters compare them, and none that only people read.</summary>
    private static OrderIssue Folded(OrderIssue issue) => issue with
    {
        TicketId = NoneIfBlank(issue.TicketId),
        Channel = NoneIfBlank(issue.Channel),
        Source = NoneIfBlank(issue.Source),
        CreatedBy = NoneIfBlank(issue.CreatedBy),
        Status = IssueField.Status.Fold(issue.Status),
        Picker = IssueField.Picker.Clean(issue.Picker),
        Packer = IssueField.Packer.Clean(issue.Packer),
        Palletter = IssueField.Palletter.Clean(issue.Palletter),
        IssueType = IssueField.IssueType.Clean(issue.IssueType),
        CustomerEmail = IssueField.CustomerEmail.Clean(issue.CustomerEmail),
        Assignee = IssueField.Assignee.Clean(issue.Assignee),
        Tags = [.. issue.Tags.Select(IssueField.Tag.Fold).OfType<string>()],
        Priority = IssueField.Priority.Fold(issue.Priority),
        Fault = IssueField.Fault.Fold(issue.Fault),
        CustomerName = null,
        Notes = null,
        Discussion = [],
        CreatedAt = issue.CreatedAt ?? Undated,
        UpdatedAt = issue.UpdatedAt ?? Undated,
    };

    // Other programs may have stored one, which filters take for none.
    private static string? NoneIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
