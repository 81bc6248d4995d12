using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>Pool of sessions for parallel reads.</summary>
/// <param name="open">Opens the database.</param>
/// <param name="isUsable">False for a session that is on another file than that of the database.</param>
/// <param name="time">Clock.</param>
internal sealed class SqliteReaders(Func<SqliteConnection> open, Predicate<SqliteSession> isUsable, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turns = new(Environment.ProcessorCount);

    private readonly ConcurrentBag<SqliteSession> idle = [];

    /// <summary>Reads from one state of the database.</summary>
    /// <exception cref="FailureException">The database can't be read.</exception>
    public T Read<T>(Func<SqliteSession, T> work, Func<bool>? isOver = null)
    {
        var start = time.GetTimestamp();
        try
        {
            var session = Take();
            try
            {
                session.EndWhen(isOver);
                session.Execute("BEGIN");
                var result = work(session);
                session.Execute("COMMIT");
                idle.Add(session);
                DatabaseDuration.Record(time.GetElapsedTime(start), "read");
                return result;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (SqliteException exception)
        {
            throw exception.AsFailure();
        }
    }

    /// <exception cref="FailureException">The database can't be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public T Read<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        try
        {
            return Read(work, () => cancellationToken.IsCancellationRequested);
        }
        catch (FailureException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    public Task<T> ReadAsync<T>(Func<SqliteSession, T> work)
    {
        try
        {
            return Task.FromResult(Read(work));
        }
        catch (FailureException failure)
        {
            return Task.FromException<T>(failure);
        }
    }

    /// <summary>Runs a scan, a few at a time.</summary>
    /// <exception cref="FailureException">The database can't be read, or the query takes too long.</exception>
    public async Task<T> QueryAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        var start = time.GetTimestamp();
        bool IsOver() => cancellationToken.IsCancellationRequested || time.GetElapsedTime(start) > QueryTimeout;
        try
        {
            return Read(work, IsOver);
        }
        catch (FailureException) when (IsOver())
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw FailureException.QueryTimeout();
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose()
    {
        CloseIdle();
        turns.Dispose();
    }

    /// <summary>Makes the next reads open the file anew.</summary>
    public void CloseIdle()
    {
        while (idle.TryTake(out var kept))
        {
            kept.Dispose();
        }
    }

    // An idle session may still have a deleted file open.
    private SqliteSession Take()
    {
        while (idle.TryTake(out var kept))
        {
            if (isUsable(kept))
            {
                return kept;
            }

            kept.Dispose();
        }

        return new SqliteSession(open());
    }
}
