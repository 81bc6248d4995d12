using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using OrderIssues.Application.Common.Errors;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>
/// Writes whatever comes in at the same time in one transaction, since waiting for the disk is what a write costs. Each has a savepoint
/// of its own, so that one that fails takes no other along.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MostWritesPerCommit = 256;

    /// <summary>So that writes of large issues neither pile up in memory nor keep others waiting.</summary>
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromMilliseconds(50);

    private readonly SqliteDatabase database;
    private readonly TimeProvider time;
    private readonly Channel<QueuedWrite> queue = Channel.CreateUnbounded<QueuedWrite>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task loop;
    private SqliteConnection? connection;

    public SqliteWriter(SqliteDatabase database, TimeProvider time)
    {
        this.database = database;
        this.time = time;
        loop = Task.Run(WriteAllAsync);
    }

    /// <summary>Does <paramref name="work"/> in a transaction that no other write interleaves with.</summary>
    /// <returns>Its result, once it is on the disk.</returns>
    /// <exception cref="FailureException">It couldn't be written; then nothing of it was.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        var write = new QueuedWrite<T>(work, cancellationToken);
        return queue.Writer.TryWrite(write) ? write.Result : throw new ObjectDisposedException(nameof(SqliteWriter));
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
    }

    private async Task WriteAllAsync()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            CommitTogether();
        }

        Disconnect();
    }

    private void CommitTogether()
    {
        var writes = new List<QueuedWrite>();
        try
        {
            Connect();
            using var transaction = connection.BeginTransaction();
            var start = time.GetTimestamp();
            while (writes.Count < MostWritesPerCommit && time.GetElapsedTime(start) < LongestTransaction && queue.Reader.TryRead(out var write))
            {
                writes.Add(write);
                RunApart(write, connection, transaction);
            }

            transaction.Commit();
            writes.ForEach(write => write.Acknowledge());
        }
        catch (Exception exception)
        {
            // Whatever state the connection is in, the next write starts with a fresh one. Who waited for this one has waited enough.
            Disconnect();
            while (writes.Count == 0 && queue.Reader.TryRead(out var write))
            {
                write.Fail(exception);
            }

            writes.ForEach(write => write.Fail(exception));
        }
    }

    private static void RunApart(QueuedWrite write, SqliteConnection connection, SqliteTransaction transaction)
    {
        const string Savepoint = "write";
        transaction.Save(Savepoint);
        try
        {
            write.Run(connection);
        }
        catch (Exception exception) when (IsInTransaction(connection))
        {
            transaction.Rollback(Savepoint);
            write.Fail(exception);
        }

        transaction.Release(Savepoint);
    }

    /// <summary>Some failures, such as a full disk, end the whole transaction (https://sqlite.org/lang_transaction.html).</summary>
    private static bool IsInTransaction(SqliteConnection connection) => sqlite3_get_autocommit(connection.Handle) == 0;

    [MemberNotNull(nameof(connection))]
    private void Connect()
    {
        if (!File.Exists(database.File))
        {
            // A deleted file would still take writes, which nobody could ever read.
            Disconnect();
        }

        connection ??= database.OpenToWrite();
    }

    private void Disconnect()
    {
        connection?.Dispose();
        connection = null;
    }
}
