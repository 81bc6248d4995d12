using Microsoft.Data.Sqlite;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>Copies the log into the database (https://sqlite.org/wal.html#checkpointing).</summary>
internal sealed class SqliteCheckpoints : IDisposable
{
    private const int CommitsToCheckpoint = 10;

    // A look opens the file twice.
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(1);

    private readonly SqliteDatabase database;
    private readonly TimeProvider time;
    private readonly SqliteWriteSession connection;
    private readonly AutoResetEvent due = new(initialState: false);
    private readonly Thread thread;
    private int commits;
    private volatile bool isOver;

    public SqliteCheckpoints(SqliteDatabase database, TimeProvider time)
    {
        this.database = database;
        this.time = time;
        connection = new SqliteWriteSession(database);
        thread = new Thread(Run) { IsBackground = true, Name = "SQLite checkpoints" };
        thread.Start();
    }

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
        long? looked = null;
        while (due.WaitOne() && !isOver)
        {
            try
            {
                if (looked is not { } at || time.GetElapsedTime(at) >= LookPause)
                {
                    if (!database.HasItsLog())
                    {
                        continue;
                    }

                    looked = time.GetTimestamp();
                }

                connection.Open().Execute("PRAGMA wal_checkpoint(PASSIVE)");
            }
            catch (SqliteException)
            {
                // Nothing is lost: the data stays in the WAL, and the next read or write reports the same fault.
                connection.Close();
            }
        }

        connection.Close();
    }
}
