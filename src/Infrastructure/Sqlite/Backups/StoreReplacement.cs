using Microsoft.Data.Sqlite;
using OrderIssues.Application.Backups;
using OrderIssues.Infrastructure.SqliteDriver;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.Sqlite.Backups;

/// <summary>Puts one file in the place of another that was a store.</summary>
internal static class StoreReplacement
{
    /// <param name="file">File, which is moved.</param>
    /// <param name="store">Path of the store.</param>
    /// <param name="before">Path for what is there; null for nothing.</param>
    /// <exception cref="BackupException">Another process uses the store.</exception>
    public static void Put(string file, string store, string? before)
    {
        if (before is null)
        {
            // The log may be that of a file that somebody took away.
            PutLogAside(store, $"{store}.without-file");
            File.Move(file, store);
            return;
        }

        EmptyLog(store);

        // A log that couldn't be emptied goes with its file.
        PutLogAside(store, before);
        File.Replace(file, store, before);
    }

    private static void PutLogAside(string store, string path)
    {
        var log = new FileInfo($"{store}-wal");
        if (log is { Exists: true, Length: > 0 })
        {
            log.MoveTo($"{path}-wal", overwrite: true);
        }

        File.Delete($"{store}-wal");
        File.Delete($"{store}-shm");
    }

    /// <summary>Copies the log into the store, unless it is that of another file.</summary>
    private static void EmptyLog(string store)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = store,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = 1,
            }.ToString());
            connection.Open();
            sqlite3_db_config(connection.Handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
            using var command = connection.CreateCommand();

            // Whoever uses a file with a log has a lock on it, which this session allows nobody else (https://sqlite.org/wal.html#noshm).
            command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT";
            command.ExecuteNonQuery();
            if (SqliteLogLink.IsOfFile(connection, store) is true)
            {
                command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                command.ExecuteNonQuery();
            }
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SQLITE_BUSY or SQLITE_LOCKED)
        {
            throw new BackupException($"{store} is in use: stop every process on it first.", exception);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SQLITE_CORRUPT or SQLITE_NOTADB)
        {
            // What is there is no store any more, so that nobody uses it as one.
        }
    }
}
