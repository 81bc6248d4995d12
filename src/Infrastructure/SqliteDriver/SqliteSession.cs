using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>
/// A connection and the statements that were prepared on it, since preparing one takes longer than running it. For one thread at a time.
/// </summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    /// <summary>Lists can be asked for in more ways than are worth keeping.</summary>
    private const int MaxStatements = 100;

    private const int InstructionsBetweenLooks = 10_000;

    private readonly Dictionary<string, SqliteStatement> statements = [];
    private readonly List<(long Order, string Sql, SqliteValue[] Values)> deferred = [];

    /// <summary>Some failures, such as a full disk, end a whole transaction (https://sqlite.org/lang_transaction.html).</summary>
    public bool IsInTransaction => sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Ends what runs with SQLITE_INTERRUPT once this is so; null: nothing does (https://sqlite.org/c3ref/progress_handler.html).</summary>
    public void EndWhen(Func<bool>? isOver) =>
        sqlite3_progress_handler(connection.Handle, InstructionsBetweenLooks, isOver is null ? null : _ => isOver() ? 1 : 0, null);

    /// <param name="sql">One statement. Nothing that anybody sent is ever a part of it: that goes into <paramref name="values"/>.</param>
    /// <param name="values">What its question marks stand for, in order.</param>
    /// <exception cref="SqliteException">It failed.</exception>
    public void Execute(string sql, params ReadOnlySpan<SqliteValue> values) => Prepared(sql).Execute(values);

    /// <summary>The first row that the statement gives, as <paramref name="read"/> reads it; nothing when it gives none.</summary>
    /// <inheritdoc cref="Execute"/>
    public T? First<T>(string sql, Func<SqliteRow, T> read, params ReadOnlySpan<SqliteValue> values) =>
        Prepared(sql).Query(read, _ => false, values) is [var first, ..] ? first : default;

    /// <summary>All rows that the statement gives.</summary>
    /// <inheritdoc cref="Execute"/>
    public List<T> All<T>(string sql, Func<SqliteRow, T> read, params ReadOnlySpan<SqliteValue> values) =>
        Prepared(sql).Query(read, _ => false, values);

    /// <summary>Rows that the query gives, until they are enough.</summary>
    /// <inheritdoc cref="Execute"/>
    public List<T> Until<T>(Func<List<T>, bool> isEnough, string sql, Func<SqliteRow, T> read, params ReadOnlySpan<SqliteValue> values) =>
        Prepared(sql).Query(read, isEnough, values);

    /// <summary>How much the statements write that wait for the commit, about.</summary>
    public int DeferredBytes { get; private set; }

    /// <summary>The statement runs before the commit, behind all else that is written in the transaction and behind those of a lower order.</summary>
    /// <param name="order">Its place among them.</param>
    /// <param name="sql">As of <see cref="Execute"/>.</param>
    /// <param name="values">Likewise.</param>
    public void Defer(long order, string sql, params SqliteValue[] values)
    {
        deferred.Add((order, sql, values));
        DeferredBytes += values.Sum(value => value.Bytes);
    }

    /// <summary>What was deferred up to here, for <see cref="RollBackTo"/>.</summary>
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

    /// <exception cref="SqliteException">It failed, or what was deferred did.</exception>
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
