using System.Text;
using SQLitePCL;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.Sqlite.Sessions;

/// <summary>What a column can hold: text, an integer, a time as milliseconds since 1970, or nothing.</summary>
internal readonly struct SqliteValue
{
    private readonly string? text;
    private readonly long? integer;

    private SqliteValue(string? text, long? integer)
    {
        this.text = text;
        this.integer = integer;
    }

    /// <summary>How many bytes it takes, about.</summary>
    public int Bytes => text is not null ? Encoding.UTF8.GetByteCount(text) : integer is null ? 0 : sizeof(long);

    public static implicit operator SqliteValue(string? text) => new(text, null);

    public static implicit operator SqliteValue(long integer) => new(null, integer);

    public static implicit operator SqliteValue(DateTimeOffset? time) => new(null, time?.ToUnixTimeMilliseconds());

    /// <returns>SQLite's result code.</returns>
    public int Bind(sqlite3_stmt statement, int position) =>
        text is not null ? sqlite3_bind_text(statement, position, text)
        : integer is { } number ? sqlite3_bind_int64(statement, position, number)
        : sqlite3_bind_null(statement, position);
}
