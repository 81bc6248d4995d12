using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>Pool of sessions for parallel reads.</summary>
internal sealed class SqliteReaders(SqliteDatabase database, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turns = new(Environment.ProcessorCount);

    private readonly ConcurrentBag<(SqliteSession Session, DateTime? File)> idle = [];

    /// <summary>Reads from one state of the database.</summary>
    /// <exception cref="FailureException">The database can't be read.</exception>
    public T Read<T>(Func<SqliteSession, T> work)
    {
        try
        {
            var file = database.MadeAt;
            var session = Take(file);
            try
            {
                session.Execute("BEGIN");
                var result = work(session);
                session.Execute("COMMIT");
                idle.Add((session, file));
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
            return Read(session =>
            {
                session.EndWhen(IsOver);
                var result = work(session);
                session.EndWhen(null);
                return result;
            });
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
            kept.Session.Dispose();
        }
    }

    // An idle session may still have a deleted file open.
    private SqliteSession Take(DateTime? file)
    {
        while (idle.TryTake(out var kept))
        {
            if (file is not null && kept.File == file)
            {
                return kept.Session;
            }

            kept.Session.Dispose();
        }

        return new SqliteSession(database.OpenToRead());
    }
}
