using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.Search;
using OrderIssues.Infrastructure.Sqlite.Tables;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite;

internal sealed class SqliteOrderIssueQueries(SqliteReaders readers, IndexedSearch search) : IOrderIssueQueries
{
    public Task<IReadOnlyList<HistoryEntry>?> FindHistoryAsync(string issueId, CancellationToken cancellationToken) =>
        IssueColumns.NumberOf(issueId) is { } number
            ? readers.ReadAsync(session => Histories.Read(session, number))
            : Task.FromResult<IReadOnlyList<HistoryEntry>?>(null);

    public Task<IssuePage> ListAsync(
        IssueFilter filter, IssueSort sort, IssuePosition? after, int limit, CancellationToken cancellationToken) =>
        QueryAsync(filter, (session, how) => IssueTables.List(session, filter, sort, after, limit, how), cancellationToken);

    public Task<IReadOnlyList<OrderIssue>> ListHeadsOfOrderAsync(
        string orderId, DateTimeOffset createdFrom, int limit, CancellationToken cancellationToken) =>
        readers.ReadAsync(session => IssueTables.ReadHeadsOfOrder(session, orderId, createdFrom, limit));

    public async Task<long> CountAsync(IssueFilter filter, CancellationToken cancellationToken) =>
        (await QueryAsync<long?>(filter, (session, how) => IssueTables.Count(session, filter, how), cancellationToken))!.Value;

    public Task<IReadOnlyList<IssueTally>> TallyAsync(
        IssueFilter filter, IReadOnlyList<IssueField> by, CancellationToken cancellationToken) =>
        QueryAsync(filter, (session, how) => IssueTallies.Read(session, filter, by, how), cancellationToken);

    private async Task<T> QueryAsync<T>(
        IssueFilter filter, Func<SqliteSession, TextSearch, T> query, CancellationToken cancellationToken) =>
        filter.Text is { } text
        && await search.TryAsync(session => query(session, TextConditions.ChooseFor(session, text)), cancellationToken) is { } found
            ? found
            : await readers.QueryAsync(session => query(session, TextSearch.Scan), cancellationToken);
}
