using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using OrderIssues.Application.Common.Errors;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>
/// Writes whatever comes in at the same time in one transaction, since waiting for the disk is what a write costs. Each has a savepoint
/// of its own, so that one that fails takes no other along.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MostWritesPerCommit = 256;
    private readonly SqliteDatabase database;
    private readonly Channel<Write> queue = Channel.CreateUnbounded<Write>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task loop;
    private SqliteConnection? connection;

    public SqliteWriter(SqliteDatabase database)
    {
        this.database = database;
        loop = Task.Run(WriteAllAsync);
    }

    /// <summary>Does <paramref name="work"/> in a transaction that no other write interleaves with.</summary>
    /// <returns>Its result, once it is on the disk.</returns>
    /// <exception cref="FailureException">It couldn't be written; then nothing of it was.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        var write = new Write<T>(work, cancellationToken);
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
            var writes = new List<Write>();
            while (writes.Count < MostWritesPerCommit && queue.Reader.TryRead(out var write))
            {
                writes.Add(write);
            }

            Commit(writes);
        }

        connection?.Dispose();
    }

    private void Commit(List<Write> writes)
    {
        try
        {
            connection ??= database.OpenToWrite();
            using var transaction = connection.BeginTransaction();
            foreach (var write in writes)
            {
                RunApart(write, connection, transaction);
            }

            transaction.Commit();
            writes.ForEach(write => write.Acknowledge());
        }
        catch (Exception exception)
        {
            // Whatever state the connection is in, the next write starts with a fresh one.
            connection?.Dispose();
            connection = null;
            var failure = exception is SqliteException sqlite ? sqlite.AsFailure() : exception;
            writes.ForEach(write => write.Fail(failure));
        }
    }

    private static void RunApart(Write write, SqliteConnection connection, SqliteTransaction transaction)
    {
        const string Savepoint = "write";
        transaction.Save(Savepoint);
        try
        {
            write.Run(connection);
        }
        catch (Exception exception)
        {
            transaction.Rollback(Savepoint);
            write.Fail(exception is SqliteException sqlite ? sqlite.AsFailure() : exception);
        }

        transaction.Release(Savepoint);
    }

    private abstract class Write
    {
        public abstract void Run(SqliteConnection connection);

        public abstract void Acknowledge();

        public abstract void Fail(Exception exception);
    }

    private sealed class Write<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) : Write
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Result => done.Task;

        public override void Run(SqliteConnection connection)
        {
            cancellationToken.ThrowIfCancellationRequested();
            result = work(connection);
        }

        public override void Acknowledge() => done.TrySetResult(result!);

        public override void Fail(Exception exception) => done.TrySetException(exception);
    }
}
