using System.Collections.Concurrent;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>Commits concurrent writes together, each behind a savepoint.</summary>
// Waiting for the disk dominates, so writes share a commit. A savepoint keeps a failed write from undoing the others.
internal sealed class SqliteWriter : IDisposable
{
    private const int MaxWritesPerCommit = 256;

    // Fewer than the requests in progress, so that reads go on while the disk is stuck.
    private const int MaxWaiting = 512;

    // More writes wait, so that large ones don't fill the memory or delay the commit.
    private static readonly TimeSpan MaxTransactionTime = TimeSpan.FromMilliseconds(50);

    private readonly SqliteDatabase database;
    private readonly SqliteWriteSession connection;
    private readonly SqliteReaders readers;
    private readonly SqliteCheckpoints checkpoints;
    private readonly Action<SqliteSession> beforeCommit;
    private readonly TimeProvider time;
    private readonly BlockingCollection<QueuedWrite> queue = new(MaxWaiting);
    private readonly Thread thread;
    private volatile bool isFailing;

    public SqliteWriter(
        SqliteDatabase database,
        SqliteReaders readers,
        SqliteCheckpoints checkpoints,
        Action<SqliteSession> beforeCommit,
        TimeProvider time)
    {
        this.database = database;
        this.beforeCommit = beforeCommit;
        connection = new SqliteWriteSession(database);
        this.readers = readers;
        this.checkpoints = checkpoints;
        this.time = time;
        thread = new Thread(WriteAll) { IsBackground = true, Name = "SQLite writer" };
        thread.Start();
    }

    /// <summary>Given after each commit of this process.</summary>
    public Signal Committed { get; } = new();

    /// <summary>True from a commit that failed until one succeeds.</summary>
    public bool IsFailing => isFailing;

    /// <summary>True to write also where nobody else may.</summary>
    public bool PassesFence { get; set; }

    /// <summary>Writes in isolation, and returns once on disk.</summary>
    /// <exception cref="FailureException">The write failed, and nothing of it was written.</exception>
    /// <exception cref="OperationCanceledException">The write was cancelled before it started.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        var write = new QueuedWrite<T>(work, cancellationToken);
        if (!queue.TryAdd(write))
        {
            write.Fail(FailureException.Overloaded("More writes are waiting than the store can take."));
        }

        return write.Result;
    }

    /// <summary>Writes the rest of the queue.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        thread.Join();
        queue.Dispose();
    }

    private void WriteAll()
    {
        foreach (var write in queue.GetConsumingEnumerable())
        {
            CommitTogether(write);
        }

        connection.Close();
    }

    private void CommitTogether(QueuedWrite first)
    {
        var writes = new List<QueuedWrite> { first };
        var hasBegun = false;
        try
        {
            var session = Begin();
            hasBegun = true;
            var start = time.GetTimestamp();
            first.RunApart(session);
            while (writes.Count < MaxWritesPerCommit && time.GetElapsedTime(start) < MaxTransactionTime && queue.TryTake(out var write))
            {
                writes.Add(write);
                write.RunApart(session);
            }

            beforeCommit(session);
            connection.Commit();
            isFailing = false;
            writes.ForEach(write => write.Acknowledge());
            DatabaseDuration.Record(time.GetElapsedTime(start), "commit");
            Committed.Give();
            checkpoints.Count();
        }
        catch (Exception exception)
        {
            // The state of the session is unknown, so the next write opens a new one. SQLite shares the file's mode among the sessions of a
            // process: if one of them opened it read-only, it stays read-only for all.
            isFailing = SqliteFailures.IsOfTheStore(exception);
            connection.Close();
            readers.CloseIdle();
            while (!hasBegun && queue.TryTake(out var write))
            {
                // It has waited for the database as long as the first write.
                writes.Add(write);
            }

            writes.ForEach(write => write.Fail(exception));
        }
    }

    private SqliteSession Begin()
    {
        var session = connection.Open();
        session.Begin(time.GetUtcNow());
        if (!database.IsOpenIn(session))
        {
            // The file was replaced while this write was queued.
            session = connection.Open();
            session.Begin(time.GetUtcNow());
        }

        var version = session.First("PRAGMA user_version", row => row.Integer());
        database.RequireVersion(version);
        return version > 0 || PassesFence ? session : throw FailureException.StoreFenced();
    }
}
