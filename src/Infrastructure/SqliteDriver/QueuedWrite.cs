using Microsoft.Data.Sqlite;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>A write that waits for its turn, and the answer to whoever waits for it.</summary>
internal abstract class QueuedWrite
{
    /// <summary>Behind a savepoint, so that what fails takes no other write along, unless it is the disk or the file that fails.</summary>
    public void RunApart(SqliteSession session)
    {
        var savepoint = session.Savepoint();
        try
        {
            Run(session);
        }
        catch (Exception exception) when (session.IsInTransaction && !SqliteFailures.IsOfTheStore(exception))
        {
            session.RollBackTo(savepoint);
            Fail(exception);
        }

        session.Release();
    }

    /// <summary>What it did is on the disk.</summary>
    public abstract void Acknowledge();

    /// <summary>It did nothing.</summary>
    public abstract void Fail(Exception exception);

    protected abstract void Run(SqliteSession session);
}

/// <inheritdoc/>
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

    /// <summary>Nobody waits for it any more: done before its turn, it isn't done in its turn.</summary>
    private void GiveUp(CancellationToken cancellationToken)
    {
        if (Take())
        {
            done.TrySetCanceled(cancellationToken);
        }
    }

    /// <summary>Whether it was neither run nor given up before.</summary>
    private bool Take() => !Interlocked.Exchange(ref isTaken, true);
}
