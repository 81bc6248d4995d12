using Microsoft.Data.Sqlite;

namespace OrderIssues.Infrastructure.SqliteDriver;

internal sealed class SqliteOptions
{
    private const string Key = "ConnectionStrings:Sqlite";
    private const int DefaultTimeoutSeconds = 5;
    private const int MaxTimeoutSeconds = 3600;

    /// <exception cref="StartupException">The connection string can't be used, or names no file.</exception>
    public SqliteOptions(string connectionString, string contentRoot)
    {
        Connection = Parse(connectionString);
        if (Connection.DefaultTimeout is <= 0 or > MaxTimeoutSeconds)
        {
            throw new StartupException($"{Key}: Default Timeout must be 1 to {MaxTimeoutSeconds} seconds.");
        }

        if (Connection.Password.Length > 0)
        {
            throw new StartupException($"{Key}: Password can't be used: files aren't encrypted.");
        }

        if (Connection.DataSource is "" or ":memory:" || Connection.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            || Connection.Mode == SqliteOpenMode.Memory)
        {
            throw new StartupException($"{Key} must name a file: Data Source=<file>.");
        }

        if (Connection.Mode == SqliteOpenMode.ReadOnly)
        {
            throw new StartupException($"{Key}: Mode can't be ReadOnly.");
        }

        // SQLite puts the log beside the target of a link.
        var file = new FileInfo(Path.GetFullPath(Connection.DataSource, contentRoot));
        Connection.DataSource = (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true)!).FullName;
        Connection.Pooling = false;
        if (!Connection.ShouldSerialize("Default Timeout"))
        {
            Connection.DefaultTimeout = DefaultTimeoutSeconds;
        }
    }

    /// <summary>Connection string with the file's full path.</summary>
    public SqliteConnectionStringBuilder Connection { get; }

    private static SqliteConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            throw new StartupException($"{Key} isn't a connection string: Data Source=<file>.");
        }
    }
}
