using System.Globalization;
using Microsoft.Data.Sqlite;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.Sqlite.Tables;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>
/// The issues in a SQLite file. Writes go through one connection, whose transactions also keep other processes' writes out; reads go
/// beside them, each from one state of the database.
/// </summary>
internal sealed class SqliteOrderIssueStore(SqliteDatabase database, SqliteWriter writer) : IOrderIssueStore
{
    public Task<OrderIssue> AddAsync(OrderIssue issue, CancellationToken cancellationToken) =>
        writer.WriteAsync(connection => IssueTables.Insert(connection, issue), cancellationToken);

    public Task<OrderIssue?> FindAsync(string issueId, CancellationToken cancellationToken) =>
        NumberOf(issueId) is { } number
            ? ReadAsync("WHERE issueId = @number", new { number })
            : Task.FromResult<OrderIssue?>(null);

    public Task<OrderIssue?> FindOfOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken) =>
        (issueId, NumberOf(issueId)) switch
        {
            (null, _) => ReadAsync("WHERE OrderId = @orderId ORDER BY createdAt DESC, _id DESC LIMIT 1", new { orderId }),
            (_, { } number) => ReadAsync("WHERE issueId = @number AND OrderId = @orderId", new { number, orderId }),
            _ => Task.FromResult<OrderIssue?>(null),
        };

    public Task<ChangeResult> TryChangeAsync(IssueChange change, CancellationToken cancellationToken) =>
        writer.WriteAsync(connection => IssueTables.Change(connection, change), cancellationToken);

    private Task<OrderIssue?> ReadAsync(string condition, object parameters)
    {
        try
        {
            using var connection = database.OpenToRead();
            using var transaction = connection.BeginTransaction(deferred: true);
            return Task.FromResult(IssueTables.Read(connection, condition, parameters));
        }
        catch (SqliteException exception)
        {
            return Task.FromException<OrderIssue?>(exception.AsFailure());
        }
    }

    /// <summary>The number, if the text is how this service writes one.</summary>
    private static long? NumberOf(string? issueId) =>
        long.TryParse(issueId, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == issueId
            ? number
            : null;
}
