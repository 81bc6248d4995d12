using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Events;

/// <summary>Reads events of some kinds after a place.</summary>
public abstract record EventsRequest
{
    /// <summary>Sequence of the last event that the caller knows; null to begin with the oldest there is.</summary>
    public long? After { get; init; }

    /// <summary>Kinds of events (<see cref="Domain.Issues.Changes.HistoryActions"/>); none: all.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Name of the log that the caller knows, if it does.</summary>
    public string? Epoch { get; init; }

    internal bool Includes(LoggedEvent logged) => Actions.Count == 0 || Actions.Contains(logged.Content.Action);
}

/// <summary>Lists events, oldest first, and waits for the first one if asked to.</summary>
public sealed record ListEvents : EventsRequest, IRequest<EventList>
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 500;
    public const int MaxWait = 30;

    public int Limit { get; init; } = DefaultLimit;

    /// <summary>Seconds to wait at most.</summary>
    public int Wait { get; init; }
}

/// <summary>Page of events.</summary>
/// <param name="Events">Events, oldest first.</param>
/// <param name="Next">Sequence of the last event that was looked at.</param>
/// <param name="Range">Events of the log.</param>
public sealed record EventList(IReadOnlyList<LoggedEvent> Events, long Next, EventLogRange Range);

internal sealed class ListEventsValidator : AbstractValidator<ListEvents>
{
    public ListEventsValidator()
    {
        Include(new EventsRequestValidator());
        RuleFor(list => list.Limit).InclusiveBetween(1, ListEvents.MaxLimit)
            .WithMessage($"must be an integer from 1 to {ListEvents.MaxLimit}");
        RuleFor(list => list.Wait).InclusiveBetween(0, ListEvents.MaxWait)
            .WithMessage($"must be an integer from 0 to {ListEvents.MaxWait}");
    }
}

internal sealed class EventsRequestValidator : AbstractValidator<EventsRequest>
{
    public EventsRequestValidator() =>
        RuleFor(request => request.After).GreaterThanOrEqualTo(0).WithMessage("must be a sequence: an integer from 0");
}

internal sealed class ListEventsHandler(EventFeed feed, TimeProvider time) : IRequestHandler<ListEvents, EventList>
{
    // A kind that hardly ever happens must not make a call read the whole log.
    private const int MaxLookedAt = 10_000;
    private const int BatchSize = 500;

    public async Task<EventList> Handle(ListEvents request, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var cursor = await EventCursor.OpenAsync(feed, request.After, request.Epoch, cancellationToken);
        var first = cursor.After;
        var found = new List<LoggedEvent>();
        do
        {
            await ReadAsync(request, cursor, first + MaxLookedAt, found, cancellationToken);
        }
        while (found.Count == 0 && cursor.After < first + MaxLookedAt
            && TimeSpan.FromSeconds(request.Wait) - time.GetElapsedTime(start) is var rest && rest > TimeSpan.Zero
            && await cursor.WaitAsync(rest, cancellationToken));

        return new EventList(found, cursor.After, cursor.Range);
    }

    private static async Task ReadAsync(
        ListEvents request, EventCursor cursor, long end, List<LoggedEvent> found, CancellationToken cancellationToken)
    {
        while (found.Count < request.Limit && cursor.After < end)
        {
            var batchSize = request.Actions.Count == 0 ? request.Limit - found.Count : BatchSize;
            var events = await cursor.ReadAsync((int)Math.Min(batchSize, end - cursor.After), cancellationToken);
            if (events.Count == 0)
            {
                return;
            }

            found.AddRange(events.Where(request.Includes).Take(request.Limit - found.Count));
            if (found.Count == request.Limit)
            {
                cursor.GoBackTo(found[^1].Content.Sequence);
            }
        }
    }
}
