using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>Connection with prepared statements, for one thread.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    // Lists alone have more statements than this.
    private const int MaxStatements = 100;

    private const int InstructionsBetweenLooks = 10_000;

    private readonly Dictionary<string, SqliteStatement> statements = [];
    private readonly List<(long Order, string Sql, SqliteValue[] Values)> deferred = [];

    /// <summary>Time at which the write transaction began.</summary>
    public DateTimeOffset BegunAt { get; private set; }

    /// <summary>False once a failure ended the transaction (https://sqlite.org/lang_transaction.html).</summary>
    public bool IsInTransaction => sqlite3_get_autocommit(connection.Handle) == 0;

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

    /// <summary>Approximate size of the deferred statements.</summary>
    public int DeferredBytes { get; private set; }

    /// <summary>Defers a statement to the commit, by order.</summary>
    public void Defer(long order, string sql, params SqliteValue[] values)
    {
        deferred.Add((order, sql, values));
        DeferredBytes += values.Sum(value => value.Bytes);
    }

    /// <summary>Begins a write transaction.</summary>
    public void Begin(DateTimeOffset now)
    {
        Execute("BEGIN IMMEDIATE");
        BegunAt = now;
    }

    public int Savepoint()
    {
        Execute("SAVEPOINT write");
        return deferred.Count;
    }

    public void RollBackTo(int savepoint)
    {
        Execute("ROLLBACK TO write");
        deferred.RemoveRange(savepoint, deferred.Count - savepoint);
    }

    public void Release() => Execute("RELEASE write");

    public void Commit()
    {
        foreach (var (_, sql, values) in deferred.OrderBy(statement => statement.Order))
        {
            Execute(sql, values);
        }

        deferred.Clear();
        DeferredBytes = 0;
        Execute("COMMIT");
    }

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

    private void Forget()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        statements.Clear();
    }
}
