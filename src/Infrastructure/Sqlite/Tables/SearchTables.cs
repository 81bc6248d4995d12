using OrderIssues.Domain;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>Tables that issues are found by.</summary>
internal static class SearchTables
{
    private const string AddSku = "INSERT OR IGNORE INTO skus (sku, createdAt, _id, issueId) VALUES (?, ?, ?, ?)";
    private const string RemoveSku = "DELETE FROM skus WHERE sku = ? AND createdAt = ? AND _id = ?";
    private const string RemoveNumber = "DELETE FROM trackingNumbers WHERE trackingNumber = ? AND issueId = ?";
    private const string AddLabel = "INSERT OR IGNORE INTO labels (field, value, issueId) VALUES (?, ?, ?)";
    private const string RemoveLabel = "DELETE FROM labels WHERE field = ? AND value = ? AND issueId = ?";
    private const string RemoveCustomer = "DELETE FROM customers WHERE customerEmail = ? AND issueId = ?";

    private static readonly IReadOnlyList<IssueField> FoundBy =
        [IssueField.Items, IssueField.TrackingNumber, IssueField.CustomerEmail, IssueField.Assignee, IssueField.Tags];

    public static void Add(SqliteSession session, OrderIssue issue, long issueId)
    {
        foreach (var item in issue.Items)
        {
            session.Execute(AddSku, item.Sku, issue.CreatedAt ?? issue.Id.Timestamp, issue.Id.ToString(), issueId);
        }

        foreach (var number in issue.TrackingNumber)
        {
            session.Execute("INSERT OR IGNORE INTO trackingNumbers (trackingNumber, issueId) VALUES (?, ?)", number, issueId);
        }

        if (issue.CustomerEmail is { } email)
        {
            session.Execute("INSERT OR IGNORE INTO customers (customerEmail, issueId) VALUES (?, ?)", CaseFolding.Fold(email), issueId);
        }

        foreach (var (field, value) in LabelsOf(issue))
        {
            session.Execute(AddLabel, field, value, issueId);
        }
    }

    public static void Update(SqliteSession session, IReadOnlyList<FieldChange> changes, OrderIssue issue, long issueId)
    {
        var before = changes.ToDictionary(change => change.Field, change => change.From);
        if (!FoundBy.Any(field => before.ContainsKey(field.Name)))
        {
            return;
        }

        Remove(
            session,
            issue with
            {
                Items = Before<IReadOnlyList<IssueItem>>(IssueField.Items) ?? [],
                TrackingNumber = Before<IReadOnlyList<string>>(IssueField.TrackingNumber) ?? [],
                CustomerEmail = Before<string>(IssueField.CustomerEmail),
                Assignee = Before<string>(IssueField.Assignee),
                Tags = Before<IReadOnlyList<string>>(IssueField.Tags) ?? [],
            },
            issueId);
        Add(session, issue, issueId);

        T? Before<T>(IssueField field)
            where T : class => before.GetValueOrDefault(field.Name) as T;
    }

    public static void Remove(SqliteSession session, OrderIssue issue, long issueId)
    {
        foreach (var item in issue.Items)
        {
            session.Execute(RemoveSku, item.Sku, issue.CreatedAt, issue.Id.ToString());
        }

        foreach (var number in issue.TrackingNumber)
        {
            session.Execute(RemoveNumber, number, issueId);
        }

        if (issue.CustomerEmail is { } email)
        {
            session.Execute(RemoveCustomer, CaseFolding.Fold(email), issueId);
        }

        foreach (var (field, value) in LabelsOf(issue))
        {
            session.Execute(RemoveLabel, field, value, issueId);
        }
    }

    private static IEnumerable<(string Field, string Value)> LabelsOf(OrderIssue issue) =>
    [
        .. issue.Assignee is { } assignee ? [(IssueField.Assignee.Name, CaseFolding.Fold(assignee))] : Array.Empty<(string, string)>(),
        .. issue.Tags.Select(tag => (IssueField.Tag.Name, tag)),
    ];
}
