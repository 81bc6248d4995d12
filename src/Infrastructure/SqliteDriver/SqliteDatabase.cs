using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OrderIssues.Infrastructure.SqliteDriver;

internal sealed class SqliteDatabase(SqliteOptions options, int schemaVersion)
{
    /// <summary>Log pages before a commit checkpoints: 16 MiB.</summary>
    private const int PagesToCheckpoint = 4_000;

    private readonly SqliteConnectionStringBuilder settings = options.Connection;

    public string File => settings.DataSource;

    /// <summary>Creation time that identifies the file, or null.</summary>
    public DateTime? MadeAt => new FileInfo(File) is { Exists: true } file ? file.CreationTimeUtc : null;

    public SqliteConnection OpenToRead() => Open(SqliteOpenMode.ReadWrite, "");

    /// <summary>Opens a connection whose commits reach the disk.</summary>
    // A deleted file must not be created anew. Savepoints keep their journal in memory, which saves most system calls.
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

    /// <summary>Rejects a file that was replaced or migrated.</summary>
    public void RequireVersion(long version)
    {
        if (version != schemaVersion)
        {
            throw new SqliteException(
                $"The file has the schema {version}; this version of the service works with {schemaVersion}.", raw.SQLITE_NOTADB);
        }
    }
}
