using OrderIssues.Domain.Tickets;

namespace OrderIssues.Application.Tickets;

/// <summary>Looks a ticket up in its system.</summary>
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

/// <summary>Looks tickets up in the system that keeps them.</summary>
internal sealed class TicketFinder(IEnumerable<ITicketSystem> systems)
{
    /// <exception cref="FailureException">The system isn't configured, has no such ticket, or failed.</exception>
    public async Task<Ticket> FindAsync(string systemName, string ticketId, CancellationToken cancellationToken)
    {
        var system = systems.FirstOrDefault(system => system.Name == systemName)
            ?? throw new FailureException(FailureCode.TicketSourceNotConfigured, $"Tickets of {systemName} aren't set up in this service.");
        return await system.FindAsync(ticketId, cancellationToken)
            ?? throw new FailureException(FailureCode.TicketNotFound, $"{systemName} has no ticket of this id.");
    }
}
