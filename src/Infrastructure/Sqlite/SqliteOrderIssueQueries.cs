using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.Sqlite.Tables;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite;

internal sealed class SqliteOrderIssueQueries(SqliteReaders readers) : IOrderIssueQueries
{
    public Task<IReadOnlyList<HistoryEntry>?> FindHistoryAsync(string issueId, CancellationToken cancellationToken) =>
        IssueColumns.NumberOf(issueId) is { } number
            ? readers.ReadAsync(session => Histories.Read(session, number))
            : Task.FromResult<IReadOnlyList<HistoryEntry>?>(null);

    public Task<IssuePage> ListAsync(
        IssueFilter filter, IssueSort sort, IssuePosition? after, int limit, CancellationToken cancellationToken) =>
        readers.QueryAsync(session => IssueTables.List(session, filter, sort, after, limit), cancellationToken);

    public Task<long> CountAsync(IssueFilter filter, CancellationToken cancellationToken) =>
        readers.QueryAsync(session => IssueTables.Count(session, filter), cancellationToken);

    public Task<IReadOnlyList<IssueTally>> TallyAsync(
        IssueFilter filter, IReadOnlyList<IssueField> by, CancellationToken cancellationToken) =>
        readers.QueryAsync(session => IssueTallies.Read(session, filter, by), cancellationToken);
}
