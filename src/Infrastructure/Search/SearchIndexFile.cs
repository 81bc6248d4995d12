using Microsoft.Data.Sqlite;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Search;

/// <summary>SQLite file of the index. It may be deleted at any time, since it is made from the issues.</summary>
internal sealed class SearchIndexFile(string path)
{
    private const int Version = 1;

    // Deleted texts are overwritten. A power cut may take the last commits, and the place with them.
    private const string Settings = """
        PRAGMA busy_timeout = 5000;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA secure_delete = ON;
        PRAGMA temp_store = MEMORY;
        """;

    // The first table finds three characters or more, in any case (https://sqlite.org/fts5.html#the_trigram_tokenizer), the second one
    // texts of two by the trigrams that begin with them (https://sqlite.org/fts5.html#the_fts5vocab_virtual_table_module).
    private static readonly string Tables = $"""
        CREATE VIRTUAL TABLE search USING fts5 (text, tokenize = 'trigram', content = '', contentless_delete = 1);
        CREATE VIRTUAL TABLE trigrams USING fts5vocab (search, instance);
        CREATE TABLE progress (
            epoch TEXT NOT NULL, sequence INTEGER NOT NULL, event TEXT, scannedTo INTEGER, isToBePurged INTEGER NOT NULL
        ) STRICT;
        PRAGMA user_version = {Version};
        """;

    /// <summary>Opens the file, which is made where there is none, or one of another version.</summary>
    public SqliteSession OpenToWrite()
    {
        OwnersFile.Create(path).Dispose();
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = Settings;
            command.ExecuteNonQuery();
            command.CommandText = "BEGIN IMMEDIATE; PRAGMA user_version";
            var version = (long)command.ExecuteScalar()!;
            if (version is 0 or Version)
            {
                command.CommandText = $"{(version == 0 ? Tables : "")} COMMIT";
                command.ExecuteNonQuery();
                return new SqliteSession(connection);
            }
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        connection.Dispose();
        Delete();
        return OpenToWrite();
    }

    /// <summary>Opens the file beside that of a connection, as the schema <c>texts</c>.</summary>
    public void Attach(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "ATTACH $path AS texts";
        command.Parameters.AddWithValue("$path", path);
        command.ExecuteNonQuery();
    }

    public void Delete()
    {
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(path + suffix);
        }
    }

    private string ConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = false,
    }.ToString();
}
