using Microsoft.Data.Sqlite;

namespace OrderIssues.Infrastructure.SqliteDriver;

internal abstract class QueuedWrite
{
    /// <summary>Runs behind a savepoint, undoing no other write.</summary>
    public void RunApart(SqliteSession session)
    {
        session.Savepoint();
        try
        {
            Run(session);
        }
        catch (Exception exception) when (session.IsInTransaction && !SqliteFailures.IsOfTheStore(exception))
        {
            session.RollBack();
            Fail(exception);
        }

        session.Release();
    }

    /// <summary>Reports success, once the write is on disk.</summary>
    public abstract void Acknowledge();

    /// <summary>Reports failure; nothing was written.</summary>
    public abstract void Fail(Exception exception);

    protected abstract void Run(SqliteSession session);
}

internal sealed class QueuedWrite<T> : QueuedWrite
{
    private readonly Func<SqliteSession, T> work;
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration givingUp;
    private T? result;
    private bool isTaken;

    public QueuedWrite(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        this.work = work;
        givingUp = cancellationToken.UnsafeRegister(static (write, token) => ((QueuedWrite<T>)write!).GiveUp(token), this);
    }

    public Task<T> Result => done.Task;

    public override void Acknowledge()
    {
        givingUp.Unregister();
        done.TrySetResult(result!);
    }

    public override void Fail(Exception exception)
    {
        givingUp.Unregister();
        done.TrySetException(exception is SqliteException sqlite ? sqlite.AsFailure() : exception);
    }

    protected override void Run(SqliteSession session)
    {
        if (Take())
        {
            result = work(session);
        }
    }

    /// <summary>Cancels the write unless it has started.</summary>
    private void GiveUp(CancellationToken cancellationToken)
    {
        if (Take())
        {
            done.TrySetCanceled(cancellationToken);
        }
    }

    /// <summary>Claims the write; true for the first caller.</summary>
    private bool Take() => !Interlocked.Exchange(ref isTaken, true);
}
