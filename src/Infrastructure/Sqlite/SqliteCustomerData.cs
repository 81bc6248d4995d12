using OrderIssues.Domain;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.Sqlite.Tables;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite;

internal sealed class SqliteCustomerData(SqliteReaders readers) : ICustomerData
{
    private const string SelectPresent =
        "SELECT issues.issueId, _id FROM customers JOIN issues USING (issueId) WHERE customers.customerEmail = ?";

    private static readonly string SelectPast = $"""
        SELECT issues.issueId, issues._id, changes FROM history JOIN issues USING (issueId)
        WHERE action = '{HistoryActions.Edited}' AND instr(changes, '"{IssueField.CustomerEmail}"') > 0
        """;

    private static readonly string SelectResolved = $"""
        SELECT _id FROM issues
        WHERE issueResolvedAt < ? AND _id > ? AND coalesce(status, '') IN (SELECT value FROM json_each(?)) AND (
            {string.Join(" OR ", Erasure.Fields.Select(field => $"coalesce({field}, '{Erasure.Mark}') <> '{Erasure.Mark}'"))}
            OR EXISTS (SELECT 1 FROM discussion WHERE discussion.issueId = issues.issueId AND message <> '{Erasure.Mark}')
            OR EXISTS (
                SELECT 1 FROM history, json_each(changes) AS change
                WHERE history.issueId = issues.issueId AND action = '{HistoryActions.Edited}'
                AND change.value ->> 'field' IN ({string.Join(", ", Erasure.Fields.Select(field => $"'{field}'"))})
                AND (coalesce(change.value ->> 'from', '{Erasure.Mark}') <> '{Erasure.Mark}'
                    OR coalesce(change.value ->> 'to', '{Erasure.Mark}') <> '{Erasure.Mark}')))
        ORDER BY _id LIMIT ?
        """;

    public Task<IReadOnlyList<EntityId>> FindIssuesAsync(string email, CancellationToken cancellationToken)
    {
        var address = CaseFolding.Fold(email);
        return readers.QueryAsync<IReadOnlyList<EntityId>>(
            session =>
            {
                var present = session.All(SelectPresent, Read, address);
                var past = session.All(SelectPast, row => (Issue: Read(row), Json: row.Text()!))
                    .Where(found => HasAddress(StoredJson.Read<FieldChange[]>(found.Json), address))
                    .Select(found => found.Issue);
                return [.. present.Concat(past).Distinct().OrderBy(found => found.Number).Select(found => found.Id)];
            },
            cancellationToken);
    }

    public Task<RecordedIssue?> FindIssueAsync(EntityId id, CancellationToken cancellationToken) => readers.ReadAsync(session =>
        IssueTables.Read(session, IssueTables.WithId, id.ToString()) is { } issue
            ? new RecordedIssue(issue, Histories.Read(session, IssueColumns.NumberOf(issue.IssueId)!.Value)!)
            : null);

    public Task<IReadOnlyList<EntityId>> ListResolvedAsync(
        DateTimeOffset before, IReadOnlyCollection<string> resolved, EntityId? after, int limit, CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyList<EntityId>>(session => session.All(
            SelectResolved, row => EntityId.Parse(row.Text()!), before, after?.ToString() ?? "", StoredJson.Write(resolved), limit));

    private static (long Number, EntityId Id) Read(SqliteRow row) => (row.Integer(), EntityId.Parse(row.Text()!));

    private static bool HasAddress(IEnumerable<FieldChange> changes, string address) => changes.Any(change =>
        change.Field == IssueField.CustomerEmail.Name
        && new[] { change.From, change.To }.OfType<string>().Any(value => CaseFolding.Fold(value) == address));
}
