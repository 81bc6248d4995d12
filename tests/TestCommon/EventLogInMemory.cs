using OrderIssues.Domain.Events;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.TestCommon;

/// <summary>Log in memory, which tests fill and cut.</summary>
public sealed class EventLogInMemory(TimeProvider time) : IEventLog
{
    private readonly Lock sync = new();
    private readonly List<IssueEvent> events = [];
    private TaskCompletionSource change = NewSource();
    private long latest;

    public string Epoch { get; set; } = "one";

    public void Add(int count = 1, string action = HistoryActions.Created)
    {
        lock (sync)
        {
            for (var i = 0; i < count; i++)
            {
                events.Add(new() { Sequence = ++latest, Action = action, At = time.GetUtcNow(), OrderId = "A-1", Version = 0 });
            }

            change.TrySetResult();
            change = NewSource();
        }
    }

    /// <summary>Forgets the events before this one.</summary>
    public void Cut(long oldest)
    {
        lock (sync)
        {
            events.RemoveAll(kept => kept.Sequence < oldest);
        }
    }

    /// <summary>Becomes another log.</summary>
    public void Replace(string epoch)
    {
        lock (sync)
        {
            (Epoch, latest) = (epoch, 0);
            events.Clear();
        }
    }

    public Task<EventLogRange> GetRangeAsync(CancellationToken cancellationToken)
    {
        lock (sync)
        {
            return Task.FromResult(new EventLogRange(Epoch, events.Count > 0 ? events[0].Sequence : latest + 1, latest));
        }
    }

    public Task<IReadOnlyList<IssueEvent>> ReadAsync(long after, int limit, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            return Task.FromResult<IReadOnlyList<IssueEvent>>([.. events.Where(kept => kept.Sequence > after).Take(limit)]);
        }
    }

    public async Task<EventLogRange> WaitAsync(EventLogRange known, CancellationToken cancellationToken)
    {
        Task next;
        lock (sync)
        {
            next = latest > known.Latest ? Task.CompletedTask : change.Task;
        }

        await next.WaitAsync(cancellationToken);
        return await GetRangeAsync(cancellationToken);
    }

    public Task<int> RemoveAsync(DateTimeOffset recordedBefore, CancellationToken cancellationToken) => Task.FromResult(0);

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
