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

    /// <summary>Opens the present file, unless it is open.</summary>
    public SqliteSession Open()
    {
        if (session is not null && !database.IsOpenIn(session))
        {
            Close();
        }

        return session ??= new SqliteSession(database.OpenToWrite());
    }

    /// <summary>Commits, with a note of which log it is in.</summary>
    // The log is opened once: by its path, it could be one that was put there since.
    public void Commit()
    {
        log ??= SqliteLogLink.OpenLog(database.File)
            ?? throw new SqliteException("The log of the file isn't where it was.", SQLITE_IOERR);
        SqliteLogLink.Write(session!, log);
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
