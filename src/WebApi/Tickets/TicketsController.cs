using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Tickets.GetTicket;
using OrderIssues.Domain.Issues;
using OrderIssues.WebApi.Errors;

namespace OrderIssues.WebApi.Tickets;

/// <summary>Customers' tickets in the systems that they live in.</summary>
[ApiController, Route("api/issue-ticket"), Tags("Tickets")]
public sealed class TicketsController(IMediator mediator, IMapper mapper) : ControllerBase
{
    /// <summary>Looks a ticket up.</summary>
    /// <remarks>An answer may be up to 30 seconds old.</remarks>
    /// <param name="ticketId">The ticket's id; a Freshdesk id is 1 to 19 digits.</param>
    /// <param name="source">The system that the ticket lives in: <c>freshdesk</c> (the default) or <c>tiktok</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The ticket.</response>
    [HttpGet("{ticketId}", Name = "getTicket")]
    [Fails(FailureCode.ValidationFailed, FailureCode.TicketNotFound, FailureCode.TicketSourceFailed, FailureCode.TicketSourceNotConfigured,
        FailureCode.TicketSourceUnavailable, FailureCode.TicketSourceTimeout)]
    public async Task<ActionResult<TicketResponse>> Get(string ticketId, [FromQuery] string? source, CancellationToken cancellationToken)
    {
        var request = new GetTicket { TicketId = ticketId, Source = source ?? Channels.Freshdesk };
        return new TicketResponse { Data = mapper.Map<TicketBody>(await mediator.Send(request, cancellationToken)) };
    }
}
