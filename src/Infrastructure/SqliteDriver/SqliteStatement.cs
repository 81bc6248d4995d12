using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>Prepared statement (https://sqlite.org/c3ref/stmt.html).</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly SqliteRow row;

    public SqliteStatement(sqlite3 database, string sql)
    {
        this.database = database;
        Check(sqlite3_prepare_v3(database, sql, SQLITE_PREPARE_PERSISTENT, out statement));
        row = new SqliteRow(statement);
    }

    /// <summary>Runs the statement to its end.</summary>
    public void Execute(ReadOnlySpan<SqliteValue> values) => Query<object?>(_ => null, _ => false, values);

    /// <summary>Reads rows; <c>isEnough</c> is for queries only.</summary>
    public List<T> Query<T>(Func<SqliteRow, T> read, Func<List<T>, bool> isEnough, ReadOnlySpan<SqliteValue> values)
    {
        var rows = new List<T>();
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                Check(values[i].Bind(statement, i + 1));
            }

            int result;
            while ((result = sqlite3_step(statement)) == SQLITE_ROW)
            {
                row.Begin();
                rows.Add(read(row));
                if (isEnough(rows))
                {
                    return rows;
                }
            }

            Check(result);
            return rows;
        }
        finally
        {
            // sqlite3_reset repeats the last error, which was thrown already.
            sqlite3_reset(statement);
        }
    }

    public void Dispose() => statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
