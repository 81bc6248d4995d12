using OrderIssues.Domain.Events;

namespace OrderIssues.Infrastructure;

/// <summary>Event within this process that can be waited for again and again.</summary>
internal sealed class Signal
{
    // What other processes do is only found by looking.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private TaskCompletionSource next = NewSource();

    /// <summary>Ends when the signal is given next.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Give() => Interlocked.Exchange(ref next, NewSource()).SetResult();

    /// <summary>Waits for a signal that was taken before looking, or until it is time to look again.</summary>
    public static async Task WaitAsync(Task next, TimeProvider time, CancellationToken cancellationToken)
    {
        await next.WaitAsync(PollInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Waits until a log has another range than the known one.</summary>
    public async Task<EventLogRange> WaitAsync(IEventLog log, EventLogRange known, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            var given = Next;
            var range = await log.GetRangeAsync(cancellationToken);
            if (range.Latest != known.Latest || range.Epoch != known.Epoch)
            {
                return range;
            }

            await WaitAsync(given, time, cancellationToken);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
