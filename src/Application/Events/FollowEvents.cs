using System.Runtime.CompilerServices;

namespace OrderIssues.Application.Events;

/// <summary>Follows the log until the caller leaves or the service stops.</summary>
/// <remarks>Gives events in batches, oldest first, and an empty batch whenever there were none for 15 seconds.</remarks>
public sealed record FollowEvents : EventsRequest, IRequest<IAsyncEnumerable<EventBatch>>;

/// <summary>Events that came together.</summary>
/// <param name="Events">Events, oldest first.</param>
/// <param name="Next">Sequence of the last event that was looked at.</param>
public sealed record EventBatch(IReadOnlyList<LoggedEvent> Events, long Next);

internal sealed class FollowEventsValidator : AbstractValidator<FollowEvents>
{
    public FollowEventsValidator() => Include(new EventsRequestValidator());
}

internal sealed class FollowEventsHandler(EventFeed feed, TimeProvider time)
    : IRequestHandler<FollowEvents, IAsyncEnumerable<EventBatch>>
{
    private const int BatchSize = 100;
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(15);

    public async Task<IAsyncEnumerable<EventBatch>> Handle(FollowEvents request, CancellationToken cancellationToken) =>
        FollowAsync(request, await EventCursor.OpenAsync(feed, request.After, request.Epoch, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<EventBatch> FollowAsync(
        FollowEvents request, EventCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lastTime = time.GetTimestamp();
        while (!feed.IsStopping)
        {
            IReadOnlyList<LoggedEvent> events = [.. (await cursor.ReadAsync(BatchSize, cancellationToken)).Where(request.Includes)];
            if (events.Count > 0 || time.GetElapsedTime(lastTime) >= MaxSilence)
            {
                yield return new EventBatch(events, cursor.After);
                lastTime = time.GetTimestamp();
            }

            if (cursor.After >= cursor.Range.Latest)
            {
                await cursor.WaitAsync(MaxSilence - time.GetElapsedTime(lastTime), cancellationToken);
            }
        }
    }
}
