using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>Connection with prepared statements, for one thread.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    // Lists alone have more statements than this.
    private const int MaxStatements = 100;

    private const int InstructionsBetweenLooks = 10_000;
    private const int FileControlHasMoved = 20;

    private readonly Dictionary<string, SqliteStatement> statements = [];

    /// <summary>Time at which the write transaction began.</summary>
    public DateTimeOffset BegunAt { get; private set; }

    /// <summary>False once a failure ended the transaction (https://sqlite.org/lang_transaction.html).</summary>
    public bool IsInTransaction => sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>True once the file was moved or deleted.</summary>
    /// <remarks>https://sqlite.org/c3ref/c_fcntl_begin_atomic_write.html#sqlitefcntlhasmoved</remarks>
    // Windows doesn't let that happen to an open file, and SQLite doesn't tell there.
    public bool HasMoved =>
        sqlite3_file_control(connection.Handle!, 0, FileControlHasMoved, out var hasMoved) == SQLITE_OK && hasMoved != 0;

    /// <summary>Interrupts statements on a condition (https://sqlite.org/c3ref/progress_handler.html).</summary>
    public void EndWhen(Func<bool>? isOver) =>
        sqlite3_progress_handler(connection.Handle, InstructionsBetweenLooks, isOver is null ? null : _ => isOver() ? 1 : 0, null);

    /// <summary>Runs a statement; input is only ever bound.</summary>
    public void Execute(string sql, params ReadOnlySpan<SqliteValue> values) => Prepared(sql).Execute(values);

    /// <summary>Reads the first row; default for none.</summary>
    public T? First<T>(string sql, Func<SqliteRow, T> read, params ReadOnlySpan<SqliteValue> values) =>
        Prepared(sql).Query(read, _ => false, values) is [var first, ..] ? first : default;

    public List<T> All<T>(string sql, Func<SqliteRow, T> read, params ReadOnlySpan<SqliteValue> values) =>
        Prepared(sql).Query(read, _ => false, values);

    public List<T> Until<T>(Func<List<T>, bool> isEnough, string sql, Func<SqliteRow, T> read, params ReadOnlySpan<SqliteValue> values) =>
        Prepared(sql).Query(read, isEnough, values);

    /// <summary>Begins a write transaction.</summary>
    public void Begin(DateTimeOffset now)
    {
        Execute("BEGIN IMMEDIATE");
        BegunAt = now;
    }

    public void Savepoint() => Execute("SAVEPOINT write");

    public void RollBack() => Execute("ROLLBACK TO write");

    public void Release() => Execute("RELEASE write");

    public void Commit() => Execute("COMMIT");

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    private SqliteStatement Prepared(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            if (statements.Count >= MaxStatements)
            {
                Forget();
            }

            statement = new SqliteStatement(connection.Handle!, sql);
            statements.Add(sql, statement);
        }

        return statement;
    }

    // The library that Microsoft.Data.Sqlite loads; its own wrapper lacks the function.
    [DllImport("e_sqlite3"), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int sqlite3_file_control(sqlite3 database, nint schema, int operation, out int result);

    private void Forget()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        statements.Clear();
    }
}
