using OrderIssues.Domain.Tickets;

namespace OrderIssues.Application.Tickets;

/// <summary>Looks a ticket up in the system that it lives in.</summary>
public sealed record GetTicket : IRequest<Ticket>
{
    public required string TicketId { get; init; }

    /// <summary>The system: <c>freshdesk</c> or <c>tiktok</c>.</summary>
    public required string Source { get; init => field = PlainText.CleanAndFold(value)!; }
}

internal sealed class GetTicketValidator : AbstractValidator<GetTicket>
{
    public GetTicketValidator() =>
        RuleFor(ticket => ticket.Source)
            .Must(Channels.HasTickets)
            .WithMessage($"must be one of {string.Join(", ", Channels.All.Where(Channels.HasTickets))}");
}

internal sealed class GetTicketHandler(IEnumerable<ITicketSystem> sources) : IRequestHandler<GetTicket, Ticket>
{
    public async Task<Ticket> Handle(GetTicket request, CancellationToken cancellationToken)
    {
        var source = sources.FirstOrDefault(source => source.Name == request.Source)
            ?? throw new FailureException(FailureCode.TicketSourceNotConfigured, $"Tickets of {request.Source} aren't set up in this service.");
        return await source.FindAsync(request.TicketId, cancellationToken)
            ?? throw new FailureException(FailureCode.TicketNotFound, $"{request.Source} has no ticket of this id.");
    }
}
