using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.Sqlite.Sessions;
using OrderIssues.Infrastructure.Sqlite.Tables;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>What is asked about the issues in a SQLite file.</summary>
internal sealed class SqliteOrderIssueQueries(SqliteReaders readers) : IOrderIssueQueries
{
    public Task<IReadOnlyList<HistoryEntry>?> FindHistoryAsync(string issueId, CancellationToken cancellationToken) =>
        IssueColumns.NumberOf(issueId) is { } number
            ? readers.ReadAsync(session => IssueTables.ReadHistory(session, number))
            : Task.FromResult<IReadOnlyList<HistoryEntry>?>(null);
}
