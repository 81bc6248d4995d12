using Microsoft.Data.Sqlite;

namespace OrderIssues.Infrastructure.Sqlite.Sessions;

/// <summary>
/// Copies what was committed from the write-ahead log into the database beside the writer, whose requests would wait for it
/// (https://sqlite.org/wal.html#checkpointing).
/// </summary>
internal sealed class SqliteCheckpoints : IDisposable
{
    private const int CommitsToCheckpoint = 10;

    private readonly SqliteDatabase database;
    private readonly AutoResetEvent due = new(initialState: false);
    private readonly Thread thread;
    private SqliteSession? session;
    private DateTime? file;
    private int commits;
    private volatile bool isOver;

    public SqliteCheckpoints(SqliteDatabase database)
    {
        this.database = database;
        thread = new Thread(Run) { IsBackground = true, Name = "SQLite checkpoints" };
        thread.Start();
    }

    /// <summary>After each commit.</summary>
    public void Count()
    {
        if (++commits % CommitsToCheckpoint == 0)
        {
            due.Set();
        }
    }

    public void Dispose()
    {
        isOver = true;
        due.Set();
        thread.Join();
        due.Dispose();
    }

    private void Run()
    {
        while (due.WaitOne() && !isOver)
        {
            try
            {
                Checkpoint();
            }
            catch (SqliteException)
            {
                // Nothing is lost: the log keeps what it has, and whoever needs the file next meets the same fault and tells of it.
                Disconnect();
            }
        }

        Disconnect();
    }

    private void Checkpoint()
    {
        if (database.MadeAt != file)
        {
            // Another file took the place of the one that is open.
            Disconnect();
        }

        file = database.MadeAt;
        session ??= new SqliteSession(database.OpenToWrite());
        session.Execute("PRAGMA wal_checkpoint(PASSIVE)");
    }

    private void Disconnect()
    {
        session?.Dispose();
        session = null;
    }
}
