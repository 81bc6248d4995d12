using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Events;

/// <summary>Latest events of a log, in memory for all who wait.</summary>
internal sealed class EventRing
{
    private const int Capacity = 4_096;
    private readonly LoggedEvent[] events = new LoggedEvent[Capacity];
    private readonly Lock access = new();
    private string? epoch;
    private long first;
    private long latest;

    /// <summary>Begins anew at the end of a log.</summary>
    public void Reset(EventLogRange range)
    {
        lock (access)
        {
            (epoch, first, latest) = (range.Epoch, range.Latest + 1, range.Latest);
            Array.Clear(events);
        }
    }

    /// <summary>Adds the events that follow.</summary>
    public void Add(IReadOnlyList<LoggedEvent> added)
    {
        lock (access)
        {
            foreach (var logged in added)
            {
                events[logged.Content.Sequence % Capacity] = logged;
                latest = logged.Content.Sequence;
            }

            first = Math.Max(first, latest - Capacity + 1);
        }
    }

    /// <summary>Reads events above a sequence; null where they aren't here.</summary>
    public IReadOnlyList<LoggedEvent>? Read(string ofEpoch, long after, int limit)
    {
        lock (access)
        {
            if (ofEpoch != epoch || after + 1 < first || after >= latest)
            {
                return null;
            }

            var found = new LoggedEvent[Math.Min(limit, latest - after)];
            for (var i = 0; i < found.Length; i++)
            {
                found[i] = events[(after + 1 + i) % Capacity];
            }

            return found;
        }
    }
}
