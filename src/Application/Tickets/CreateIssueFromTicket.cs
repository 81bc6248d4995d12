using OrderIssues.Application.Issues;

namespace OrderIssues.Application.Tickets;

/// <summary>Takes in the issue of a ticket, with what the ticket tells where the caller doesn't; the one that there is already, where there is one.</summary>
public sealed record CreateIssueFromTicket : IRequest<AddedIssue>
{
    /// <summary>What the caller says about the issue: at least the ticket, its source, and what kind of issue it is.</summary>
    public required CreateIssue Issue { get; init; }

    /// <summary>The system that the ticket lives in, once this is known to be valid.</summary>
    internal string TicketSystem => Channels.Of(Issue.Source)!;

    /// <summary>The ticket, likewise.</summary>
    internal string TicketId => Issue.TicketId!;
}

/// <summary>The rules of <see cref="CreateIssue"/>, but that the order may be missing, the ticket may not, and the source is a ticket system's.</summary>
internal sealed class CreateIssueFromTicketValidator : AbstractValidator<CreateIssueFromTicket>
{
    public CreateIssueFromTicketValidator(IValidator<CreateIssue> create)
    {
        RuleFor(request => request.Issue.Source).Cascade(CascadeMode.Stop).Required().Line(FieldLimits.Source)
            .Must(source => Channels.HasTickets(Channels.Of(source)))
            .WithMessage($"must be one of {string.Join(", ", Channels.All.Where(Channels.HasTickets))}, or start with one of them and '-'")
            .OverridePropertyName(nameof(CreateIssue.Source));
        RuleFor(request => request.Issue.TicketId).Required().Line(FieldLimits.TicketId).OverridePropertyName(nameof(CreateIssue.TicketId));

        // Under the names that the properties have in the request, which has no other object around them.
        RuleFor(request => request.Issue).Custom((issue, context) => create.Validate(issue).Errors
            .Where(error => error.PropertyName is not (nameof(CreateIssue.Source) or nameof(CreateIssue.TicketId)))
            .Where(error => error.PropertyName != nameof(CreateIssue.OrderId) || !string.IsNullOrEmpty(issue.OrderId))
            .ToList().ForEach(context.AddFailure));
    }
}

internal sealed class CreateIssueFromTicketHandler(IMediator mediator, IOrderIssueStore store, TicketPrefill fields, TicketIssueCreator once)
    : IRequestHandler<CreateIssueFromTicket, AddedIssue>
{
    public async Task<AddedIssue> Handle(CreateIssueFromTicket request, CancellationToken cancellationToken)
    {
        if (await store.FindByTicketAsync(request.TicketSystem, request.TicketId, cancellationToken) is { } present)
        {
            return new AddedIssue(present, IsNew: false);
        }

        var ticket = await mediator.Send(new GetTicket { Source = request.TicketSystem, TicketId = request.TicketId }, cancellationToken);
        var issue = fields.Apply(request.Issue, ticket);
        if (issue.TicketId != request.TicketId
            && await store.FindByTicketAsync(request.TicketSystem, issue.TicketId!, cancellationToken) is { } presentAsItIsSpelled)
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
