using System.Text;
using SQLitePCL;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>Text, integer, milliseconds since 1970, bytes, or null.</summary>
internal readonly struct SqliteValue
{
    private readonly string? text;
    private readonly long? integer;
    private readonly byte[]? blob;

    private SqliteValue(string? text, long? integer, byte[]? blob = null)
    {
        this.text = text;
        this.integer = integer;
        this.blob = blob;
    }

    /// <summary>Approximate size.</summary>
    public int Bytes => text is not null ? Encoding.UTF8.GetByteCount(text) : integer is not null ? sizeof(long) : blob?.Length ?? 0;

    public static implicit operator SqliteValue(string? text) => new(text, null);

    public static implicit operator SqliteValue(long? integer) => new(null, integer);

    public static implicit operator SqliteValue(DateTimeOffset? time) => new(null, time?.ToUnixTimeMilliseconds());

    public static implicit operator SqliteValue(byte[]? blob) => new(null, null, blob);

    /// <returns>SQLite's result code.</returns>
    public int Bind(sqlite3_stmt statement, int position) =>
        text is not null ? sqlite3_bind_text(statement, position, text)
        : integer is { } number ? sqlite3_bind_int64(statement, position, number)
        : blob is not null ? sqlite3_bind_blob(statement, position, blob)
        : sqlite3_bind_null(statement, position);
}

/// <summary>Row whose columns are read once, in order.</summary>
internal sealed class SqliteRow(sqlite3_stmt statement)
{
    private int column;

    public void Begin() => column = 0;

    public void MoveTo(int position) => column = position;

    public string? Text() => IsNull() ? Skip<string?>() : sqlite3_column_text(statement, column++).utf8_to_string();

    public long Integer() => sqlite3_column_int64(statement, column++);

    public long? OptionalInteger() => IsNull() ? Skip<long?>() : Integer();

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
