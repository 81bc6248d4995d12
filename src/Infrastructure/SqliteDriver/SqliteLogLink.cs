using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>Tells whether a write-ahead log is the log of its file.</summary>
// SQLite takes every log that has the file's name. So each commit writes a row, which tells how old the file below the log may be.
internal static class SqliteLogLink
{
    private const int SaltStart = 16;
    private const int SaltBytes = 8;

    // A log has another salt each time it begins anew, which happens only once the file has all of it. The first commit still sees the
    // former salt, so the file has what was there before that commit. Where there was no log, the file has everything, and copies of it
    // part here: each goes on as a branch. Once another program changed the schema, nothing is known until the log begins anew.
    private const string Record = """
        UPDATE logLink SET
            base = CASE WHEN ?1 IS NULL THEN commits WHEN schemaVersion <> ?2 THEN NULL WHEN salt = ?1 THEN base ELSE commits - 1 END,
            earlierBranch = iif(?1 IS NULL, branch, earlierBranch),
            branchedAt = iif(?1 IS NULL, commits, branchedAt),
            branch = iif(?1 IS NULL, randomblob(8), branch),
            commits = commits + 1,
            salt = ?1,
            schemaVersion = ?2
        """;

    private const string Select = """
        SELECT commits, base, hex(salt), hex(branch), hex(earlierBranch), branchedAt, logLink.schemaVersion, schema_version
        FROM logLink, pragma_schema_version
        """;

    /// <summary>Opens the log; null if there is none.</summary>
    public static SafeFileHandle? OpenLog(string file)
    {
        try
        {
            return File.OpenHandle($"{file}-wal", share: FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Links the transaction about to be committed.</summary>
    public static void Write(SqliteSession session, SafeFileHandle log)
    {
        session.Execute(Record, ReadSalt(log), session.First("PRAGMA schema_version", row => row.Integer()));

        // Puts the first page into the log. A copy by VACUUM, whose pages have other numbers, has a later schema on it.
        session.Execute($"PRAGMA user_version = {session.First("PRAGMA user_version", row => row.Integer())}");
    }

    /// <summary>Compares the file with the log; null where the file can't be read by itself.</summary>
    public static bool? IsOfFile(SqliteConnection connection, string file)
    {
        // While this reads, the log doesn't begin anew, and no later commit gets into the file.
        using var transaction = connection.BeginTransaction(deferred: true);
        Row? view;
        try
        {
            view = Read(connection);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SQLITE_CORRUPT or SQLITE_NOTADB or SQLITE_ERROR)
        {
            // Pages that don't refer to each other, or a file of an earlier version, which has no such table.
            if (ReadFile(file) is (true, not null))
            {
                return false;
            }

            if (exception.SqliteErrorCode == SQLITE_ERROR)
            {
                return true;
            }

            throw;
        }

        using var log = OpenLog(file);
        if (view is null || view.SchemaVersion != view.ActualSchema || log is null || ReadSalt(log) is not { } salt)
        {
            return true;
        }

        // With another salt, the last commit alone is in the log.
        var oldest = view.Salt == Convert.ToHexString(salt) ? view.Base : view.Commits - 1;

        // A page that another process is writing may be read in halves, but not twice.
        var fits = Fits();
        return fits is false ? Fits() : fits;

        bool? Fits() => ReadFile(file) switch
        {
            (false, _) => null,
            (_, null) => oldest is null or < 0,
            (_, { } below) => oldest is null || (below.Commits >= oldest && below.IsBelow(view)),
        };
    }

    /// <summary>Reads the file without its log.</summary>
    private static (bool IsReadable, Row? Row) ReadFile(string file)
    {
        var names = file.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Select(Uri.EscapeDataString);
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = $"file:///{string.Join('/', names)}?immutable=1",
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            return (true, Read(connection));
        }
        catch (SqliteException exception)
        {
            return (exception.SqliteErrorCode == SQLITE_ERROR, null);
        }
    }

    private static Row? Read(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Select;
        using var row = command.ExecuteReader();
        return row.Read()
            ? new Row(
                row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4),
                row.GetInt64(5), row.GetInt64(6), row.GetInt64(7))
            : null;
    }

    /// <summary>Reads the salt (https://sqlite.org/fileformat2.html#walformat); null for an empty log.</summary>
    private static byte[]? ReadSalt(SafeFileHandle log)
    {
        var salt = new byte[SaltBytes];
        return RandomAccess.Read(log, salt, SaltStart) == SaltBytes ? salt : null;
    }

    private sealed record Row(
        long Commits, long? Base, string Salt, string Branch, string EarlierBranch, long BranchedAt, long SchemaVersion, long ActualSchema)
    {
        public bool IsBelow(Row view) =>
            Commits <= view.Commits
            && ActualSchema <= view.ActualSchema
            && (Branch == view.Branch || (Branch == view.EarlierBranch && Commits <= view.BranchedAt));
    }
}
