using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using OrderIssues.Application.Common.Errors;

namespace OrderIssues.Infrastructure.Sqlite.Sessions;

/// <summary>Sessions to read with, kept for the next reads. They go beside the writer and each other.</summary>
internal sealed class SqliteReaders(SqliteDatabase database) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> idle = [];

    /// <summary>Does <paramref name="work"/> on one state of the database.</summary>
    /// <exception cref="FailureException">It can't be read.</exception>
    public T Read<T>(Func<SqliteSession, T> work)
    {
        try
        {
            if (!database.Exists)
            {
                // Sessions that are open still show a deleted file.
                CloseIdle();
            }

            var session = idle.TryTake(out var kept) ? kept : new SqliteSession(database.OpenToRead());
            try
            {
                session.Execute("BEGIN");
                var result = work(session);
                session.Execute("COMMIT");
                idle.Add(session);
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

    /// <inheritdoc cref="Read"/>
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

    public void Dispose() => CloseIdle();

    /// <summary>The next reads open the file anew.</summary>
    public void CloseIdle()
    {
        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
