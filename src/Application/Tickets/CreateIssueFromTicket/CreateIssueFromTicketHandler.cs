using FluentValidation.Results;
using MediatR;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Issues.CreateIssue;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Additions;

namespace OrderIssues.Application.Tickets.CreateIssueFromTicket;

internal sealed class CreateIssueFromTicketHandler(IMediator mediator, IOrderIssueStore store, TicketFields fields, OnceForTicket once)
    : IRequestHandler<CreateIssueFromTicket, AddedIssue>
{
    public async Task<AddedIssue> Handle(CreateIssueFromTicket request, CancellationToken cancellationToken)
    {
        if (await store.FindOfTicketAsync(request.TicketSystem, request.TicketId, cancellationToken) is { } present)
        {
            return new AddedIssue(present, IsNew: false);
        }

        var ticket = await mediator.Send(new GetTicket.GetTicket { Source = request.TicketSystem, TicketId = request.TicketId }, cancellationToken);
        var issue = fields.FillIn(request.Issue, ticket);
        if (issue.TicketId != request.TicketId
            && await store.FindOfTicketAsync(request.TicketSystem, issue.TicketId!, cancellationToken) is { } presentAsItIsSpelled)
        {
            return new AddedIssue(presentAsItIsSpelled, IsNew: false);
        }

        return issue.OrderId is null ? throw WithoutOrder() : await once.CreateAsync(request.TicketSystem, issue, cancellationToken);
    }

    private static FailureException WithoutOrder() => new(FailureCode.ValidationFailed, "Neither the request nor the ticket names an order.")
    {
        Errors = [new ValidationFailure(nameof(CreateIssue.OrderId), "is required, since no order was found in the ticket")],
    };
}
