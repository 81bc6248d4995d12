using OrderIssues.Domain.Tickets;

namespace OrderIssues.Application.Tickets;

/// <summary>Looks a ticket up in the system that keeps it.</summary>
public sealed record GetTicket : IRequest<Ticket>
{
    public required string TicketId { get; init; }

    /// <summary>Ticket system: <c>freshdesk</c> or <c>tiktok</c>.</summary>
    public required string Source { get; init => field = PlainText.CleanAndFold(value)!; }
}

internal sealed class GetTicketValidator : AbstractValidator<GetTicket>
{
    public GetTicketValidator() =>
        RuleFor(ticket => ticket.Source)
            .Must(Channels.HasTickets)
            .WithMessage($"must be one of {string.Join(", ", Channels.TicketSystems)}");
}

internal sealed class GetTicketHandler(TicketFinder tickets) : IRequestHandler<GetTicket, Ticket>
{
    public Task<Ticket> Handle(GetTicket request, CancellationToken cancellationToken) =>
        tickets.FindAsync(request.Source, request.TicketId, cancellationToken);
}
