using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.Sqlite.Sessions;

/// <summary>A prepared statement (https://sqlite.org/c3ref/stmt.html).</summary>
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

    public void Execute(ReadOnlySpan<SqliteValue> values) => Query<object?>(_ => null, most: 0, values);

    /// <param name="read">Reads a row.</param>
    /// <param name="most">How many rows at most are read. The statement runs to its end all the same, so that it does all that it does.</param>
    /// <param name="values">What its question marks stand for.</param>
    public List<T> Query<T>(Func<SqliteRow, T> read, int most, ReadOnlySpan<SqliteValue> values)
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
                if (rows.Count < most)
                {
                    row.Begin();
                    rows.Add(read(row));
                }
            }

            Check(result);
            return rows;
        }
        finally
        {
            // Tells the last failure once more, which has been thrown.
            sqlite3_reset(statement);
        }
    }

    public void Dispose() => statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
