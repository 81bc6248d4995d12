using Microsoft.Data.Sqlite;
using OrderIssues.Application.Common.Errors;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>The database file, and how to open it.</summary>
internal sealed class SqliteDatabase
{
    private const int DefaultSecondsToWait = 5;
    private readonly SqliteConnectionStringBuilder settings;
    private readonly string readers;

    /// <param name="connectionString">
    /// As in configuration. Its <c>Default Timeout</c> is how many seconds a write waits for other processes'.
    /// </param>
    /// <param name="contentRoot">What a relative file name is relative to.</param>
    /// <exception cref="StartupException">It isn't one, or names no file.</exception>
    public SqliteDatabase(string connectionString, string contentRoot)
    {
        settings = Parse(connectionString);
        if (settings.DefaultTimeout <= 0)
        {
            throw new StartupException("ConnectionStrings:Sqlite: Default Timeout must be 1 second or more.");
        }

        if (settings.DataSource is "" or ":memory:" || settings.Mode == SqliteOpenMode.Memory)
        {
            throw new StartupException("ConnectionStrings:Sqlite must name a file: Data Source=<file>.");
        }

        settings.DataSource = Path.GetFullPath(settings.DataSource, contentRoot);
        if (!settings.ShouldSerialize("Default Timeout"))
        {
            settings.DefaultTimeout = DefaultSecondsToWait;
        }

        // A file that is gone must not come back empty.
        settings.Mode = SqliteOpenMode.ReadWrite;
        readers = settings.ToString();
    }

    public string File => settings.DataSource;

    /// <summary>A connection from the pool. What it reads in one transaction is one state of the database.</summary>
    public SqliteConnection OpenToRead()
    {
        var connection = new SqliteConnection(readers);
        connection.Open();
        return connection;
    }

    /// <summary>A connection of its own whose commits are on the disk when they return.</summary>
    /// <param name="create">Whether the file is created where it is missing.</param>
    public SqliteConnection OpenToWrite(bool create = false)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(readers)
        {
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA busy_timeout = {settings.DefaultTimeout * 1000}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            throw new StartupException("ConnectionStrings:Sqlite isn't a connection string: Data Source=<file>.");
        }
    }
}
