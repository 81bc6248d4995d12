namespace OrderIssues.Client;

/// <summary>Where to begin, and what is wanted.</summary>
public sealed class EventsOptions
{
    /// <summary>The <c>Sequence</c> of the last event that is known; without it, the first event is the oldest one that is kept.</summary>
    public long? After { get; set; }

    /// <summary>The log that <see cref="After" /> is of, as a page of the list names it. A restored store has another one.</summary>
    public string? Epoch { get; set; }

    /// <summary>The kinds of events (<see cref="IssueEventType" />); all of them without it.</summary>
    public IReadOnlyList<string>? Types { get; set; }

    /// <summary>Is told of each failure that is outlasted, and of the wait before the next try.</summary>
    public Action<OrderIssueException, TimeSpan>? OnRetry { get; set; }
}

public partial interface IOrderIssueClient
{
    /// <summary>What happens to the issues, as it happens: each event once, in order, whatever becomes of the connection.</summary>
    /// <remarks>Ends only with the token, and with what doesn't pass by itself.</remarks>
    /// <param name="options">Where to begin, and what is wanted.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OrderIssueException"><c>events_expired</c> where the log doesn't have what comes after the place: its problem tells
    /// which events there are. <c>unauthorized</c>; <c>forbidden</c>; <c>validation_failed</c>; not what a later try may mend.</exception>
    IAsyncEnumerable<IssueEvent> EventsAsync(EventsOptions? options = null, CancellationToken cancellationToken = default);
}

internal sealed partial class OrderIssueClient
{
    public IAsyncEnumerable<IssueEvent> EventsAsync(EventsOptions? options, CancellationToken cancellationToken) =>
        new EventFollower(this, options ?? new(), sender).FollowAsync(cancellationToken);
}
