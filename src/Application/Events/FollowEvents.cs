using System.Runtime.CompilerServices;

namespace OrderIssues.Application.Events;

/// <summary>Follows the log until the caller leaves or the service stops.</summary>
/// <remarks>Gives events in batches, oldest first, and an empty batch whenever there were none for 15 seconds.</remarks>
public sealed record FollowEvents : EventsRequest, IRequest<IAsyncEnumerable<IReadOnlyList<LoggedEvent>>>;

internal sealed class FollowEventsValidator : AbstractValidator<FollowEvents>
{
    public FollowEventsValidator() => Include(new EventsRequestValidator());
}

internal sealed class FollowEventsHandler(EventFeed feed, TimeProvider time)
    : IRequestHandler<FollowEvents, IAsyncEnumerable<IReadOnlyList<LoggedEvent>>>
{
    private const int BatchSize = 100;
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(15);

    public async Task<IAsyncEnumerable<IReadOnlyList<LoggedEvent>>> Handle(FollowEvents request, CancellationToken cancellationToken) =>
        FollowAsync(request, await EventCursor.OpenAsync(feed, request.After, request.Epoch, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<IReadOnlyList<LoggedEvent>> FollowAsync(
        FollowEvents request, EventCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lastTime = time.GetTimestamp();
        while (!feed.IsStopping)
        {
            IReadOnlyList<LoggedEvent> events = [.. (await cursor.ReadAsync(BatchSize, cancellationToken)).Where(request.Includes)];
            if (events.Count > 0 || time.GetElapsedTime(lastTime) >= MaxSilence)
            {
                yield return events;
                lastTime = time.GetTimestamp();
            }

            if (cursor.After >= cursor.Range.Latest)
            {
                await cursor.WaitAsync(MaxSilence - time.GetElapsedTime(lastTime), cancellationToken);
            }
        }
    }
}
