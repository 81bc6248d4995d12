using AutoMapper;
using MediatR;
using OrderIssues.Application.Issues;
using OrderIssues.Application.Tickets;
using OrderIssues.WebApi.Idempotency;
using OrderIssues.WebApi.Issues;
using OrderIssues.WebApi.Issues.Models;
using OrderIssues.WebApi.Issues.Requests;

namespace OrderIssues.WebApi.Tickets;

/// <summary>Tickets of customers.</summary>
[ApiController, Route("api/issue-ticket")]
public sealed class TicketsController(IMediator mediator, IMapper mapper, IdempotentRequests idempotent) : ControllerBase
{
    /// <summary>Looks a ticket up.</summary>
    /// <remarks>Answers may be up to 30 seconds old; up to 10 minutes while the system takes no calls.</remarks>
    /// <param name="ticketId">
    /// Freshdesk: 1 to 19 digits. TikTok Shop: digits of a return, refund or cancellation, or <c>conversation:</c> or <c>order:</c> and id.
    /// </param>
    /// <param name="source">System that keeps the ticket: <c>freshdesk</c> (the default) or <c>tiktok</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The ticket.</response>
    [HttpGet("{ticketId}", Name = "getTicket"), Tags("Tickets")]
    [Fails(
        FailureCode.TicketNotFound, FailureCode.TicketSourceFailed, FailureCode.TicketSourceNotConfigured,
        FailureCode.TicketSourceUnavailable, FailureCode.TicketSourceTimeout)]
    public async Task<ActionResult<TicketResponse>> Get(string ticketId, [FromQuery] string? source, CancellationToken cancellationToken)
    {
        var request = new GetTicket { TicketId = ticketId, Source = source ?? Channels.Freshdesk };
        return new TicketResponse { Data = mapper.Map<TicketModel>(await mediator.Send(request, cancellationToken)) };
    }

    /// <summary>Reports the issue of a ticket, unless the ticket has one already.</summary>
    /// <remarks>
    /// Fills absent <c>OrderId</c>, <c>customerName</c>, <c>customerEmail</c>, <c>customerReachedAt</c> and <c>notes</c> (the subject) from
    /// the ticket. A ticket gets one issue, however many callers ask at the same time.
    /// </remarks>
    /// <param name="request">The ticket, and details of the issue.</param>
    /// <param name="idempotencyKey">
    /// Makes retries safe: for 24 hours, the same key and body get the first answer. 1 to 255 visible ASCII characters, such as a UUID.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="201">The new issue, with the number that the service gave it.</response>
    /// <response code="200">
    /// The ticket's newest issue, which was there already, as it is; the one that it was merged into where that happened.
    /// </response>
    [HttpPost("/api/order-issue/from-ticket", Name = "createIssueFromTicket"), Tags("Order issues")]
    [ProducesResponseType<IssueResponse>(StatusCodes.Status201Created), ProducesResponseType<IssueResponse>(StatusCodes.Status200OK)]
    [Fails(
        FailureCode.TicketNotFound, FailureCode.TicketSourceFailed, FailureCode.TicketSourceNotConfigured,
        FailureCode.TicketSourceUnavailable, FailureCode.TicketSourceTimeout)]
    public Task<ActionResult<IssueResponse>> CreateFromTicket(
        CreateIssueFromTicketRequest request, [FromHeader(Name = IdempotencyHeaders.Key)] string? idempotencyKey,
        CancellationToken cancellationToken) =>
        idempotent.RunAsync<IssueResponse>(ControllerContext, idempotencyKey, "", async _ =>
        {
            var isMinimal = Preferences.WantsMinimal(Request);
            var command = new CreateIssueFromTicket { Issue = mapper.Map<CreateIssue>(request) with { FindsDuplicates = !isMinimal } };
            var reported = await mediator.Send(command, cancellationToken);
            var answer = Response.WithETag(reported, mapper);
            var location = Url.Action(nameof(IssuesController.Get), "Issues", new { issueId = reported.Issue.IssueId });
            if (isMinimal)
            {
                Response.Headers.Location = location;
            }

            return reported.IsNew ? Created(location, answer) : Ok(answer);
        });
}
