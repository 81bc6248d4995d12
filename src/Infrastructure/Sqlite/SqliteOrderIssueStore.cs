using System.Globalization;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.Sqlite.Sessions;
using OrderIssues.Infrastructure.Sqlite.Tables;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>
/// The issues in a SQLite file. Writes go through one session, whose transactions also keep other processes' writes out; reads go
/// beside them, each from one state of the database.
/// </summary>
internal sealed class SqliteOrderIssueStore(SqliteReaders readers, SqliteWriter writer) : IOrderIssueStore
{
    public Task<OrderIssue> AddAsync(OrderIssue issue, CancellationToken cancellationToken) =>
        writer.WriteAsync(session => IssueTables.Insert(session, issue), cancellationToken);

    public Task<OrderIssue?> FindAsync(string issueId, CancellationToken cancellationToken) =>
        NumberOf(issueId) is { } number
            ? ReadAsync("WHERE issueId = ?", number)
            : Task.FromResult<OrderIssue?>(null);

    public Task<OrderIssue?> FindOfOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken) =>
        (issueId, NumberOf(issueId)) switch
        {
            (null, _) => ReadAsync("WHERE OrderId = ? ORDER BY createdAt DESC, _id DESC LIMIT 1", orderId),
            (_, { } number) => ReadAsync("WHERE issueId = ? AND OrderId = ?", number, orderId),
            _ => Task.FromResult<OrderIssue?>(null),
        };

    public Task<ChangeResult> TryChangeAsync(IssueChange change, CancellationToken cancellationToken) =>
        writer.WriteAsync(session => IssueTables.Change(session, change), cancellationToken);

    private Task<OrderIssue?> ReadAsync(string condition, params SqliteValue[] values)
    {
        try
        {
            return Task.FromResult(readers.Read(session => IssueTables.Read(session, condition, values)));
        }
        catch (FailureException failure)
        {
            return Task.FromException<OrderIssue?>(failure);
        }
    }

    /// <summary>The number, if the text is how this service writes one.</summary>
    private static long? NumberOf(string? issueId) =>
        long.TryParse(issueId, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == issueId
            ? number
            : null;
}
