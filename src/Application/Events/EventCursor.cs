using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Events;

/// <summary>Place of one reader in the log.</summary>
public sealed class EventCursor
{
    private readonly EventFeed feed;

    private EventCursor(EventFeed feed, EventLogRange range, long after)
    {
        this.feed = feed;
        Range = range;
        After = after;
    }

    /// <summary>Events of the log, as last seen.</summary>
    public EventLogRange Range { get; private set; }

    /// <summary>Sequence of the last event that was read.</summary>
    public long After { get; private set; }

    /// <summary>Opens a cursor after a sequence; null for the oldest event there is.</summary>
    /// <exception cref="FailureException">The log has no such place, or another epoch.</exception>
    public static async Task<EventCursor> OpenAsync(EventFeed feed, long? after, string? epoch, CancellationToken cancellationToken)
    {
        var range = await feed.GetRangeAsync(cancellationToken);
        return epoch is null || epoch == range.Epoch ? Open(feed, range, after) : throw FailureException.EventsExpired(range);
    }

    /// <summary>Opens a cursor in a range; null for its oldest event.</summary>
    /// <exception cref="FailureException">The log has no such place.</exception>
    public static EventCursor Open(EventFeed feed, EventLogRange range, long? after) =>
        (after ?? range.Oldest - 1) is var place && place >= range.Oldest - 1 && place <= range.Latest
            ? new EventCursor(feed, range, place)
            : throw FailureException.EventsExpired(range);

    /// <summary>Reads the next events; none at the end of the log.</summary>
    /// <exception cref="FailureException">Events were deleted before they were read.</exception>
    public async Task<IReadOnlyList<LoggedEvent>> ReadAsync(int limit, CancellationToken cancellationToken)
    {
        if (After >= Range.Latest)
        {
            return [];
        }

        var events = await feed.ReadAsync(Range, After, limit, cancellationToken);
        if (events.Count == 0 || events[0].Content.Sequence != After + 1 || events[^1].Content.Sequence != After + events.Count)
        {
            throw FailureException.EventsExpired(Range);
        }

        After = events[^1].Content.Sequence;
        return events;
    }

    /// <summary>Goes back to an event, so that the next ones are read again.</summary>
    public void GoBackTo(long sequence) => After = sequence;

    /// <summary>Waits for more events; false where there were none in time, or the service stops.</summary>
    /// <exception cref="FailureException">Another log took the place of this one.</exception>
    public async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var range = await feed.WaitAsync(Range with { Latest = After }, timeout, cancellationToken);
        if (range.Epoch != Range.Epoch)
        {
            throw FailureException.EventsExpired(range);
        }

        Range = range.Latest > Range.Latest ? range : Range;
        return After < Range.Latest;
    }
}
