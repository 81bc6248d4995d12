using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OrderIssues.Domain;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.SqliteDriver;

internal sealed partial class SqliteDatabase(SqliteOptions options, int schemaVersion, ILogger<SqliteDatabase> logger) : IDisposable
{
    /// <summary>SQL function that folds the case of all letters; SQLite knows that of ASCII only.</summary>
    public const string CaseFolded = "caseFolded";
    /// <summary>SQL function that folds the case, too, and takes out format characters.</summary>
    public const string Searchable = "searchable";
    /// <summary>SQL function that gives the key of a type (<see cref="IssueTypes.KeyOf"/>).</summary>
    public const string TypeKey = "typeKey";
    /// <summary>Log pages before a commit checkpoints: 16 MiB.</summary>
    private const int PagesToCheckpoint = 4_000;

    private const string WhatToDo =
        "The log -wal is not the log of this file, which seems to be a copy put in the place of another. Stop every process on the file, "
        + "move -wal and -shm away, put the copy in place again, and start the service.";

    private readonly SqliteConnectionStringBuilder settings = options.Connection;
    private int isRefused;
    // Each session has one thread at a time, so that it needs no locks (https://sqlite.org/threadsafe.html), and nobody asks how much
    // memory SQLite has, for which each allocation takes a lock (https://sqlite.org/c3ref/c_config_covering_index_scan.html).
    static SqliteDatabase()
    {
        SQLitePCL.Batteries_V2.Init();
        sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public string File => settings.DataSource;

    public int SchemaVersion => schemaVersion;

    /// <summary>True for a session on the present file, which may be used.</summary>
    public bool IsOpenIn(SqliteSession session) => isRefused == 0 && !session.HasMoved;

    /// <summary>Gives a connection the functions that the queries need.</summary>
    public static void DefineFunctions(SqliteConnection connection)
    {
        connection.CreateFunction(CaseFolded, (string? it) => it is null ? null : CaseFolding.Fold(it), true);
        connection.CreateFunction(TypeKey, (string? it) => it is null ? null : IssueTypes.KeyOf(it), true);
        connection.CreateFunction(Searchable, (string? it) => it is null ? null : CaseFolding.Fold(FormatCharacters.Remove(it)), true);
    }

    public SqliteConnection OpenToRead() => Open(SqliteOpenMode.ReadWrite, "", out _);

    /// <summary>Opens a connection whose commits reach the disk.</summary>
    // A deleted file must not be created anew. Savepoints keep their journal in memory, which saves most system calls.
    public SqliteConnection OpenToWrite(bool create = false) =>
        Open(
            create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; "
            + $"PRAGMA wal_autocheckpoint = {PagesToCheckpoint};",
            out _);

    /// <summary>Looks at the log again; false while the file is being written, so that nothing is known.</summary>
    /// <exception cref="SqliteException">The log is of another file, or the file can't be read.</exception>
    public bool HasItsLog()
    {
        using var connection = Open(SqliteOpenMode.ReadWrite, "", out var hasItsLog);
        return hasItsLog;
    }

    /// <summary>Rejects a file that was replaced or migrated. The version is negative where nothing may be written.</summary>
    public void RequireVersion(long version)
    {
        if (Math.Abs(version) != schemaVersion)
        {
            throw new SqliteException(
                $"The file has the schema {version}; this version of the service works with {schemaVersion}.", SQLITE_NOTADB);
        }
    }

    /// <summary>Copies the log into the file and removes it, if no other process uses them.</summary>
    public void Dispose()
    {
        try
        {
            using var connection = OpenToRead();
            CheckpointOnClose(connection, isWanted: true);
        }
        catch (SqliteException)
        {
            // Nothing is lost: the data stays in the log.
        }
    }

    private SqliteConnection Open(SqliteOpenMode mode, string pragmas, out bool hasItsLog)
    {
        var isNew = mode == SqliteOpenMode.ReadWriteCreate;
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(settings.ToString()) { Mode = mode }.ToString());
        try
        {
            connection.Open();
            DefineFunctions(connection);
            CheckpointOnClose(connection, isWanted: false);
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA busy_timeout = {settings.DefaultTimeout * 1000}";
            command.ExecuteNonQuery();
            hasItsLog = RequireLog(connection, isNew);
            if (pragmas.Length > 0)
            {
                command.CommandText = pragmas;
                command.ExecuteNonQuery();
            }

            if (!isNew)
            {
                command.CommandText = "PRAGMA user_version";
                RequireVersion((long)command.ExecuteScalar()!);
            }

            CheckpointOnClose(connection, isWanted: isNew);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // What is open has pages of both files, so it takes a restart.
    private bool RequireLog(SqliteConnection connection, bool isNew)
    {
        var isOfFile = isRefused == 0 ? SqliteLogLink.IsOfFile(connection, File) : false;
        if (isOfFile is not false)
        {
            return isOfFile is true;
        }

        if (Interlocked.Exchange(ref isRefused, 1) == 0 && !isNew)
        {
            LogRefused(File, WhatToDo);
        }

        throw new SqliteException(WhatToDo, SQLITE_NOTADB);
    }

    // The last connection to close would write even a log that isn't the file's into it, and remove that of another file.
    private static void CheckpointOnClose(SqliteConnection connection, bool isWanted) =>
        sqlite3_db_config(connection.Handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, isWanted ? 0 : 1, out _);

    [LoggerMessage(Level = LogLevel.Critical, Message = "No more is read from or written to {File}. {WhatToDo}")]
    private partial void LogRefused(string file, string whatToDo);
}
