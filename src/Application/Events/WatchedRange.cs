using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Events;

/// <summary>Events of the log as one watcher sees them, announced to all who wait.</summary>
internal sealed class WatchedRange
{
    private readonly Lock access = new();
    private TaskCompletionSource change = NewSource();
    private TaskCompletionSource demand = NewSource();
    private EventLogRange? range;
    private int waiting;

    /// <summary>Range, null while nobody watches, and a task that ends with the next one.</summary>
    public (EventLogRange? Range, Task Next) Current
    {
        get
        {
            lock (access)
            {
                return (range, change.Task);
            }
        }
    }

    /// <summary>Ends once somebody waits.</summary>
    public Task Demand
    {
        get
        {
            lock (access)
            {
                return demand.Task;
            }
        }
    }

    public void Enter()
    {
        lock (access)
        {
            waiting++;
            demand.TrySetResult();
        }
    }

    public void Leave()
    {
        lock (access)
        {
            waiting--;
        }
    }

    public void Announce(EventLogRange? current)
    {
        TaskCompletionSource announced;
        lock (access)
        {
            (announced, change, range) = (change, NewSource(), current);
        }

        announced.SetResult();
    }

    /// <summary>True while someone waits. Otherwise forgets the range, which nobody watches any longer.</summary>
    public bool IsWanted()
    {
        lock (access)
        {
            if (waiting == 0)
            {
                (range, demand) = (null, NewSource());
            }

            return waiting > 0;
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
