using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Search;

/// <summary>SQLite file of the index. It may be deleted at any time, since it is made from the issues.</summary>
/// <param name="path">Path of the file.</param>
/// <param name="storesTables">SQL that makes the tables which the store adds.</param>
/// <param name="storesVersion">Version of these tables. Another one has the index made anew.</param>
internal sealed class SearchIndexFile(string path, string storesTables = "", int storesVersion = 0)
{
    /// <summary>Schema under which searches find the file.</summary>
    public const string Schema = "texts";

    private const int OwnVersion = 3;

    // "oiti", for which readers of the format ask (https://sqlite.org/pragma.html#pragma_application_id).
    private const int ApplicationId = 0x6F697469;
    private const int ApplicationIdAt = 68;

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
    private readonly string tables = $"""
        CREATE VIRTUAL TABLE search USING fts5 (text, tokenize = 'trigram', content = '', contentless_delete = 1);
        CREATE VIRTUAL TABLE trigrams USING fts5vocab (search, instance);
        CREATE TABLE progress (
            epoch TEXT NOT NULL, sequence INTEGER NOT NULL, event TEXT, scannedTo INTEGER, isToBePurged INTEGER NOT NULL
        ) STRICT;
        {storesTables}
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {OwnVersion + storesVersion};
        """;

    /// <summary>True where there is no file, or an index of this service.</summary>
    /// <remarks>https://sqlite.org/fileformat.html#application_id</remarks>
    public bool IsFree()
    {
        if (!File.Exists(path))
        {
            return true;
        }

        using var file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[ApplicationIdAt + sizeof(int)];
        var length = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        return length == 0
            || (length == header.Length && BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(ApplicationIdAt)) == ApplicationId);
    }

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
            if (version == 0 || version == OwnVersion + storesVersion)
            {
                command.CommandText = $"{(version == 0 ? tables : "")} COMMIT";
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

    /// <summary>Opens the file alone, to search it.</summary>
    public SqliteConnection OpenToSearch()
    {
        // Without the right to create files: one that a search made would have everybody's rights.
        var connection = new SqliteConnection("Data Source=:memory:;Mode=ReadWrite;Pooling=False");
        connection.Open();
        SqliteDatabase.DefineFunctions(connection);
        return AttachTo(connection);
    }

    /// <summary>Opens the file beside that of a connection, which is disposed of where that fails.</summary>
    public SqliteConnection AttachTo(SqliteConnection connection)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"ATTACH $path AS {Schema}";
            command.Parameters.AddWithValue("$path", path);
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
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
