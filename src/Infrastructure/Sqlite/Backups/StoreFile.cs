using Microsoft.Data.Sqlite;
using OrderIssues.Application.Backups;
using OrderIssues.Infrastructure.SqliteDriver;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.Sqlite.Backups;

/// <summary>A file with a store in it that no process has changed for a while.</summary>
internal static class StoreFile
{
    // Names what only a store of this service has.
    private const string Content = """
        SELECT
            (SELECT count(*) FROM issues),
            (SELECT coalesce(max(sequence), 0) FROM events),
            (SELECT user_version FROM pragma_user_version WHERE user_version <> 0),
            epoch, EXISTS (SELECT __v FROM discussion), EXISTS (SELECT __v FROM history), EXISTS (SELECT kind FROM records)
        FROM eventLog
        """;

    /// <summary>Copies a store, and has the copy on the disk.</summary>
    /// <param name="store">Connection to the store.</param>
    /// <param name="path">Path of the copy, at which nothing may be.</param>
    public static void Copy(SqliteConnection store, string path)
    {
        // VACUUM fills an empty file (https://sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause).
        OwnersFile.Create(path).Dispose();
        using (var command = store.CreateCommand())
        {
            command.CommandText = "VACUUM INTO $path";
            command.CommandTimeout = 0;
            command.Parameters.AddWithValue("$path", path);
            command.ExecuteNonQuery();
        }

        using var copy = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        copy.Flush(flushToDisk: true);
    }

    /// <summary>Opens a copy, of which nothing is changed.</summary>
    public static SqliteConnection OpenCopy(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            SqliteDatabase.DefineFunctions(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Looks through a store.</summary>
    /// <exception cref="BackupException">It is no store.</exception>
    public static StoreCheck Check(SqliteConnection store, string check, out long version)
    {
        using var command = store.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = $"PRAGMA {check}";
        var problems = new List<string>();
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
            {
                problems.Add(rows.GetString(0));
            }
        }

        command.CommandText = Content;
        try
        {
            using var row = command.ExecuteReader();
            if (row.Read() && !row.IsDBNull(2))
            {
                version = row.GetInt64(2);
                return new StoreCheck(store.DataSource, row.GetInt64(0), row.GetInt64(1), problems is ["ok"] ? [] : problems);
            }
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLITE_ERROR)
        {
            // A table or a column isn't there.
        }

        throw new BackupException($"{store.DataSource} isn't a store of this service, or is one of an earlier version.");
    }
}
