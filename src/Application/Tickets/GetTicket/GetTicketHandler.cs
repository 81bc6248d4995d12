using MediatR;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Tickets;

namespace OrderIssues.Application.Tickets.GetTicket;

internal sealed class GetTicketHandler(IEnumerable<ITicketSource> sources) : IRequestHandler<GetTicket, Ticket>
{
    public async Task<Ticket> Handle(GetTicket request, CancellationToken cancellationToken)
    {
        var source = sources.FirstOrDefault(source => source.Name == request.Source)
            ?? throw new FailureException(FailureCode.TicketSourceNotConfigured, $"Tickets of {request.Source} aren't set up in this service.");
        return await source.FindAsync(request.TicketId, cancellationToken)
            ?? throw new FailureException(FailureCode.TicketNotFound, $"{request.Source} has no ticket of this id.");
    }
}
