namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>
/// Session for writes, always on the present file: a file that is gone would still take writes, which nobody could read. For one thread.
/// </summary>
internal sealed class SqliteWriteSession(SqliteDatabase database)
{
    private SqliteSession? session;
    private DateTime? file;

    /// <summary>True once another file has taken the place of the last one.</summary>
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

    /// <summary>Closes the session; the next one is a fresh one.</summary>
    public void Close()
    {
        session?.Dispose();
        session = null;
    }
}
