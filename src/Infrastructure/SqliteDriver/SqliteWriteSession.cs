namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>Write session on the present file, single-threaded.</summary>
// A deleted file still accepts writes, which nobody could read.
internal sealed class SqliteWriteSession(SqliteDatabase database)
{
    private SqliteSession? session;
    private DateTime? file;

    /// <summary>Detects another file in place of the last.</summary>
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

    public void Close()
    {
        session?.Dispose();
        session = null;
    }
}
