using MediatR;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using OrderIssues.Application.Events;
using OrderIssues.WebApi.Limits;

namespace OrderIssues.WebApi.Events;

/// <summary>Tells what happened to issues, in one order.</summary>
[ApiController, Route("api/issue-event"), Tags("Events")]
[DisableRequestTimeout, EnableRateLimiting(RateLimits.Events)]
public sealed class EventsController(IMediator mediator, IEventFormat format, RequestErrors errors) : ControllerBase
{
    private const string LastEventId = "Last-Event-ID";

    /// <summary>Lists what happened after an event, oldest first.</summary>
    /// <remarks>
    /// Every creation and change of an issue is an event. Sequences have no gaps: whoever has read N has read all below. Go on with
    /// <c>next</c> of the page. Events are kept for 30 days at least. A call with <c>type</c> looks at 10,000 events at most.
    /// </remarks>
    /// <param name="request">Place and page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The events; none where there were none in time.</response>
    [HttpGet(Name = "listEvents")]
    [Fails(FailureCode.EventsExpired)]
    public async Task<ActionResult<EventListResponse>> List([FromQuery] ListEventsRequest request, CancellationToken cancellationToken)
    {
        var query = errors.Require(request.ToQuery(), request.Errors());
        return EventPage.Of(await mediator.Send(query, cancellationToken), query.Limit, format);
    }

    /// <summary>Streams what happens, as server-sent events.</summary>
    /// <remarks>
    /// Each has the sequence as its <c>id</c>, the kind as its <c>event</c>, and as its <c>data</c> the event as in the list. A comment
    /// comes after 15 seconds without an event, with the last sequence that was looked at. The stream ends when the service stops, the
    /// credential expires or a day is over: connect again, with the last sequence as <c>Last-Event-ID</c> or <c>after</c>.
    /// </remarks>
    /// <param name="request">Place.</param>
    /// <param name="lastEventId">Sequence of the last event that the caller knows; counts before <c>after</c>.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <response code="200">The stream.</response>
    [HttpGet("stream", Name = "streamEvents")]
    [ProducesResponseType<string>(StatusCodes.Status200OK, EventStream.MediaType)]
    [Fails(FailureCode.EventsExpired)]
    public async Task<IActionResult> Stream(
        [FromQuery] EventsRequest request,
        [FromHeader(Name = LastEventId)] string? lastEventId,
        CancellationToken cancellationToken)
    {
        var last = EventsRequest.SequenceOf(lastEventId);
        var query = new FollowEvents
        {
            After = last ?? EventsRequest.SequenceOf(request.After),
            Actions = request.Actions,
            Epoch = request.Epoch,
        };
        return last < 0
            ? throw FieldErrors.OfHeader(LastEventId, "must be a sequence: an integer from 0")
            : new EventStream(await mediator.Send(errors.Require(query, request.Errors()), cancellationToken), format);
    }
}
