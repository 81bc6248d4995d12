using System.Runtime.CompilerServices;
using OrderIssues.Application.Common.Input;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Repairs;
using OrderIssues.Infrastructure.Sqlite.Tables;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>Takes out the format characters that earlier versions stored, and brings types into the configured spelling.</summary>
internal sealed class SqliteIssueRepair(SqliteReaders readers, SqliteWriter writer, IssueTypes types) : IIssueRepair
{
    private const int BatchSize = 1_000;

    private static readonly IReadOnlyList<IssueField> Cleaned =
        [IssueField.OrderId, IssueField.TicketId, IssueField.Items, IssueField.TrackingNumber, IssueField.CustomerEmail];

    private static readonly string IsNoAscii = string.Join(
        " OR ", Cleaned.Select(field => $"octet_length({field}) <> length({field})").Append("instr(items || trackingNumber, '\\u')"));

    private const string HasOtherType = "json_array_length(?3) > 0 AND issueType NOT IN (SELECT value FROM json_each(?3))";

    private static readonly string Candidates =
        $"SELECT {IssueColumns.Names} FROM issues WHERE issueId > ?1 AND issueId <= ?2 AND ({IsNoAscii} OR ({HasOtherType})) "
        + "ORDER BY issueId";

    private const string BatchAfter =
        "SELECT max(issueId), count(*) FROM (SELECT issueId FROM issues WHERE issueId > ? ORDER BY issueId LIMIT ?) HAVING count(*) > 0";

    public async IAsyncEnumerable<RepairBatch> RunAsync(bool apply, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = long.MinValue;
        while (await readers.QueryAsync(session => NextBatch(session, after), cancellationToken) is { } batch)
        {
            var found = await readers.QueryAsync(session => Find(session, after, batch.Last, apply: false), cancellationToken);
            yield return new RepairBatch(
                batch.Count,
                apply && found.Any(issue => issue.IsChanged)
                    ? await writer.WriteAsync(session => Find(session, after, batch.Last, apply: true), cancellationToken)
                    : found);
            after = batch.Last;
        }
    }

    private static Batch? NextBatch(SqliteSession session, long after) =>
        session.First(BatchAfter, row => new Batch(row.Integer(), row.Integer()), after, BatchSize);

    private List<RepairedIssue> Find(SqliteSession session, long after, long last, bool apply)
    {
        var found = new List<RepairedIssue>();
        foreach (var issue in session.All(Candidates, IssueColumns.Read, after, last, StoredJson.Write(types.All)))
        {
            var notUnderstood = new SortedSet<string>(StringComparer.Ordinal);
            var repaired = Repair(issue, notUnderstood);
            var changes = (from field in Cleaned.Append(IssueField.IssueType)
                           where !FieldChange.ValuesEqual(field.Get(issue), field.Get(repaired))
                           select new FieldChange(field.Name, field.Get(issue), field.Get(repaired))).ToList();
            if (apply && changes.Count > 0)
            {
                Write(session, changes, repaired);
            }

            if (changes.Count + notUnderstood.Count > 0)
            {
                var kinds = changes.Select(change => change.Field == IssueField.IssueType.Name
                    ? RepairedIssue.SpellingOfType
                    : RepairedIssue.FormatCharactersIn(change.Field));
                found.Add(new(issue.Id.ToString()) { Changes = [.. kinds], NotUnderstood = [.. notUnderstood] });
            }
        }

        return found;
    }

    private OrderIssue Repair(OrderIssue issue, SortedSet<string> notUnderstood)
    {
        string Clean(IssueField field, string text)
        {
            if (PlainText.RepairIdentifier(text) is { } clean)
            {
                return clean;
            }

            notUnderstood.Add($"{field}: text");
            return text;
        }

        return issue with
        {
            OrderId = Clean(IssueField.OrderId, issue.OrderId),
            TicketId = issue.TicketId is { } ticketId ? Clean(IssueField.TicketId, ticketId) : null,
            Items = [.. issue.Items.Select(item => item with { Sku = Clean(IssueField.Items, item.Sku) })],
            TrackingNumber = [.. issue.TrackingNumber.Select(number => Clean(IssueField.TrackingNumber, number))],
            CustomerEmail = issue.CustomerEmail is { } email ? Clean(IssueField.CustomerEmail, email) : null,
            IssueType = types.Meant(issue.IssueType) ?? issue.IssueType,
        };
    }

    // Neither the version nor the time of update moves, as in MongoDB.
    private static void Write(SqliteSession session, List<FieldChange> changes, OrderIssue repaired)
    {
        var issueId = IssueColumns.NumberOf(repaired.IssueId)!.Value;
        session.Execute(
            $"UPDATE issues SET {string.Join(", ", changes.Select(change => $"{change.Field} = ?"))} WHERE issueId = ?",
            [.. changes.Select(change => IssueColumns.Of(change.To)), issueId]);
        SearchTables.Update(session, changes, repaired, issueId);
    }

    private sealed record Batch(long Last, long Count);
}
