using SQLitePCL;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>Row of a result. Columns are read from left to right, each once.</summary>
internal sealed class SqliteRow(sqlite3_stmt statement)
{
    private int column;

    /// <summary>Starts at the first column.</summary>
    public void Begin() => column = 0;

    public string? Text() => IsNull() ? Skip<string?>() : sqlite3_column_text(statement, column++).utf8_to_string();

    public long Integer() => sqlite3_column_int64(statement, column++);

    public double Real() => sqlite3_column_double(statement, column++);

    /// <summary>Reads milliseconds since 1970.</summary>
    public DateTimeOffset? Time() => IsNull() ? Skip<DateTimeOffset?>() : DateTimeOffset.FromUnixTimeMilliseconds(Integer());

    public byte[]? Blob() => IsNull() ? Skip<byte[]?>() : sqlite3_column_blob(statement, column++).ToArray();

    private bool IsNull() => sqlite3_column_type(statement, column) == SQLITE_NULL;

    private T? Skip<T>()
    {
        column++;
        return default;
    }
}
