using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>Write session on the present file, single-threaded.</summary>
// A deleted file still accepts writes, which nobody could read.
internal sealed class SqliteWriteSession(SqliteDatabase database)
{
    private SqliteSession? session;
    private SafeFileHandle? log;
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

    /// <summary>Commits, with a note of which log it is in.</summary>
    // The log is opened once: by its path, it could be one that was put there since.
    public void Commit()
    {
        log ??= SqliteLogLink.OpenLog(database.File)
            ?? throw new SqliteException("The log of the file isn't where it was.", SQLITE_IOERR);
        SqliteLogLink.Write(session!, log, database.SchemaVersion);
        session!.Commit();
    }

    public void Close()
    {
        log?.Dispose();
        log = null;
        session?.Dispose();
        session = null;
    }
}
