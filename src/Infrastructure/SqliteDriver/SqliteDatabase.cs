using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>Database file, and the connections to it.</summary>
/// <param name="options">Options of the connection.</param>
/// <param name="schemaVersion">Version of the tables that this service works with.</param>
internal sealed class SqliteDatabase(SqliteOptions options, int schemaVersion)
{
    /// <summary>Size of the log at which a commit makes a checkpoint itself: 16 MiB with pages of 4 KiB.</summary>
    private const int PagesToCheckpoint = 4_000;

    private readonly SqliteConnectionStringBuilder settings = options.Connection;

    public string File => settings.DataSource;

    /// <summary>Creation time of the file, which tells it from another one in its place; null while there is none.</summary>
    public DateTime? MadeAt => new FileInfo(File) is { Exists: true } file ? file.CreationTimeUtc : null;

    public SqliteConnection OpenToRead() => Open(SqliteOpenMode.ReadWrite, "");

    /// <summary>
    /// Opens a connection whose commits are on the disk when they return. Savepoints keep their journal in memory, which saves most system
    /// calls.
    /// </summary>
    /// <param name="create">True to create a missing file. A file that is gone must not come back empty.</param>
    public SqliteConnection OpenToWrite(bool create = false) =>
        Open(
            create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; "
            + $"PRAGMA wal_autocheckpoint = {PagesToCheckpoint};");

    private SqliteConnection Open(SqliteOpenMode mode, string pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(settings.ToString()) { Mode = mode }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA busy_timeout = {settings.DefaultTimeout * 1000}; {pragmas}";
            command.ExecuteNonQuery();
            if (mode != SqliteOpenMode.ReadWriteCreate)
            {
                command.CommandText = "PRAGMA user_version";
                RequireVersion((long)command.ExecuteScalar()!);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Checks the version of the tables: another file may have taken the first one's place, or a newer service may have changed it.
    /// </summary>
    /// <exception cref="SqliteException">The version is another one.</exception>
    public void RequireVersion(long version)
    {
        if (version != schemaVersion)
        {
            throw new SqliteException(
                $"The file has the schema {version}; this version of the service works with {schemaVersion}.", raw.SQLITE_NOTADB);
        }
    }
}
