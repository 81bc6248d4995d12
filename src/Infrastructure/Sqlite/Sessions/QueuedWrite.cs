using Microsoft.Data.Sqlite;

namespace OrderIssues.Infrastructure.Sqlite.Sessions;

/// <summary>A write that waits for its turn, and the answer to whoever waits for it.</summary>
internal abstract class QueuedWrite
{
    public abstract void Run(SqliteSession session);

    /// <summary>What it did is on the disk.</summary>
    public abstract void Acknowledge();

    /// <summary>It did nothing.</summary>
    public abstract void Fail(Exception exception);
}

/// <inheritdoc/>
internal sealed class QueuedWrite<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) : QueuedWrite
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Result => done.Task;

    public override void Run(SqliteSession session)
    {
        cancellationToken.ThrowIfCancellationRequested();
        result = work(session);
    }

    public override void Acknowledge() => done.TrySetResult(result!);

    public override void Fail(Exception exception) =>
        done.TrySetException(exception is SqliteException sqlite ? sqlite.AsFailure() : exception);
}
