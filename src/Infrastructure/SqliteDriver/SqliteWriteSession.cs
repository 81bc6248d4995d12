namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>
/// A session to write with, on the file that is there now: one that is gone, or that another one took the place of, would still take writes, which
/// nobody could ever read. For one thread.
/// </summary>
internal sealed class SqliteWriteSession(SqliteDatabase database)
{
    private SqliteSession? session;
    private DateTime? file;

    /// <summary>Whether another file has taken the place of the one that was there last.</summary>
    public bool IsOutdated => database.MadeAt != file;

    public SqliteSession Open()
    {
        var madeAt = database.MadeAt;
        if (madeAt is null || madeAt != file)
        {
            Close();
        }

        session ??= new SqliteSession(database.OpenToWrite());
        file = madeAt;
        return session;
    }

    /// <summary>The next one is a fresh one.</summary>
    public void Close()
    {
        session?.Dispose();
        session = null;
    }
}
