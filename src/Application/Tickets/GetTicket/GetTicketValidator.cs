using FluentValidation;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Tickets.GetTicket;

internal sealed class GetTicketValidator : AbstractValidator<GetTicket>
{
    public GetTicketValidator() =>
        RuleFor(ticket => ticket.Source)
            .Must(Channels.HasTickets)
            .WithMessage($"must be one of {string.Join(", ", Channels.All.Where(Channels.HasTickets))}");
}
