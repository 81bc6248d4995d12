using Microsoft.Data.Sqlite;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.Sqlite.Tables;
using OrderIssues.Infrastructure.SqliteDriver;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>SQLite store with one writer and parallel reads.</summary>
internal sealed class SqliteOrderIssueStore(SqliteReaders readers, SqliteWriter writer) : IOrderIssueStore
{
    public async Task<AddedIssue> AddAsync(OrderIssue issue, CancellationToken cancellationToken)
    {
        try
        {
            return new AddedIssue(await writer.WriteAsync(session => IssueTables.Insert(session, issue), cancellationToken), IsNew: true);
        }
        catch (SqliteException exception) when (exception.SqliteExtendedErrorCode == SQLITE_CONSTRAINT_UNIQUE)
        {
            // Read in the writer's queue, since the write that it lost to may still wait for its commit. A failed write takes no number.
            var present = await writer.WriteAsync(
                session => IssueTables.Read(session, IssueTables.WithId, issue.Id.ToString()), cancellationToken);
            if (present is not null)
            {
                return new AddedIssue(present, IsNew: false);
            }

            throw;
        }
    }

    public Task<OrderIssue?> FindAsync(string issueId, CancellationToken cancellationToken) => FindAsync(issueId, ReadAsync);

    public Task<OrderIssue?> FindAsync(EntityId id, CancellationToken cancellationToken) => ReadAsync(IssueTables.WithId, id.ToString());

    public Task<OrderIssue?> FindWithChangeAsync(string orderId, EntityId changeId, CancellationToken cancellationToken) =>
        readers.ReadAsync(session => IssueChanges.Find(session, orderId, changeId));

    public Task<OrderIssue?> FindByOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken) =>
        FindByOrderAsync(orderId, issueId, ReadAsync);

    public Task<OrderIssue?> FindHeadAsync(string issueId, CancellationToken cancellationToken) => FindAsync(issueId, ReadHeadAsync);

    public Task<OrderIssue?> FindHeadByOrderAsync(string orderId, string? issueId, CancellationToken cancellationToken) =>
        FindByOrderAsync(orderId, issueId, ReadHeadAsync);

    public Task<OrderIssue?> FindByTicketAsync(string system, string ticketId, CancellationToken cancellationToken) =>
        readers.ReadAsync(session => IssueTables.ReadNewestOfTicket(session, ticketId, issue => issue.IsOfTicket(system, ticketId)));

    public Task<ChangeResult> TryChangeAsync(IssueChange change, CancellationToken cancellationToken) =>
        writer.WriteAsync(session => IssueChanges.Try(session, change), cancellationToken);

    public Task<ChangeResult> AddMessageAsync(NewMessage message, CancellationToken cancellationToken) =>
        writer.WriteAsync(session => IssueChanges.Add(session, message), cancellationToken);

    private static Task<OrderIssue?> FindAsync(string issueId, Func<string, SqliteValue[], Task<OrderIssue?>> read) =>
        IssueColumns.NumberOf(issueId) is { } number ? read("?", [number]) : Task.FromResult<OrderIssue?>(null);

    private static Task<OrderIssue?> FindByOrderAsync(
        string orderId, string? issueId, Func<string, SqliteValue[], Task<OrderIssue?>> read) =>
        (issueId, IssueColumns.NumberOf(issueId)) switch
        {
            (null, _) => read(IssueTables.NewestOfOrder, [orderId]),
            (_, { } number) => read(IssueTables.OfOrder, [number, orderId]),
            _ => Task.FromResult<OrderIssue?>(null),
        };

    private Task<OrderIssue?> ReadAsync(string issueId, params SqliteValue[] values) =>
        readers.ReadAsync(session => IssueTables.Read(session, issueId, values));

    private Task<OrderIssue?> ReadHeadAsync(string issueId, params SqliteValue[] values) =>
        readers.ReadAsync(session => IssueTables.ReadHead(session, issueId, values));
}
