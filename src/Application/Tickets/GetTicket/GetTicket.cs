using MediatR;
using OrderIssues.Application.Common.Input;
using OrderIssues.Domain.Tickets;

namespace OrderIssues.Application.Tickets.GetTicket;

/// <summary>Looks a ticket up in the system that it lives in.</summary>
public sealed record GetTicket : IRequest<Ticket>
{
    public required string TicketId { get; init; }

    /// <summary>The system: <c>freshdesk</c> or <c>tiktok</c>.</summary>
    public required string Source { get; init => field = PlainText.CleanAndFold(value)!; }
}
