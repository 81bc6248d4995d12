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
    private const string RemoveCustomer = "DELETE FROM customers WHERE customerEmail = ? AND issueId = ?";

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
    }

    public static void Update(SqliteSession session, IReadOnlyList<FieldChange> changes, OrderIssue issue, long issueId)
    {
        if (!changes.Any(change => change.Field == IssueField.Items.Name || IssueField.Named(change.Field).Is(FieldTraits.Searched)))
        {
            return;
        }

        Remove(
            session,
            issue with
            {
                Items = [.. changes.Select(change => change.From).OfType<IReadOnlyList<IssueItem>>().SelectMany(items => items)],
                TrackingNumber = [.. changes.Select(change => change.From).OfType<IReadOnlyList<string>>().SelectMany(numbers => numbers)],
                CustomerEmail = changes.FirstOrDefault(change => change.Field == IssueField.CustomerEmail.Name)?.From as string,
            },
            issueId);
        Add(session, issue, issueId);
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
    }
}
