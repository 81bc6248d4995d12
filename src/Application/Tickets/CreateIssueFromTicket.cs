using OrderIssues.Application.Issues;
using OrderIssues.Application.Issues.Merging;

namespace OrderIssues.Application.Tickets;

/// <summary>Reports a ticket's issue, unless it has one.</summary>
public sealed record CreateIssueFromTicket : IRequest<ReportedIssue>
{
    /// <summary>Caller's part: at least ticket, source and type.</summary>
    public required CreateIssue Issue { get; init; }
}

/// <summary>Applies the rules of <see cref="CreateIssue"/>, with the ticket required.</summary>
internal sealed class CreateIssueFromTicketValidator : AbstractValidator<CreateIssueFromTicket>
{
    public CreateIssueFromTicketValidator(IValidator<CreateIssue> create)
    {
        RuleFor(request => request.Issue.Source).Cascade(CascadeMode.Stop).Required().SingleLine(IssueField.Source)
            .Must(source => Channels.HasTickets(Channels.Of(source)))
            .WithMessage($"must be one of {string.Join(", ", Channels.TicketSystems)}, or start with one of them and '-'")
            .OverridePropertyName(nameof(CreateIssue.Source));
        RuleFor(request => request.Issue.TicketId).Required().SingleLine(IssueField.TicketId)
            .OverridePropertyName(nameof(CreateIssue.TicketId));

        // The request has these fields at its top level, so errors carry no prefix.
        RuleFor(request => request.Issue).Custom((issue, context) => create.Validate(issue).Errors
            .Where(error => error.PropertyName is not (nameof(CreateIssue.Source) or nameof(CreateIssue.TicketId)))
            .Where(error => error.PropertyName != nameof(CreateIssue.OrderId) || !string.IsNullOrEmpty(issue.OrderId))
            .ToList().ForEach(context.AddFailure));
    }
}

internal sealed class CreateIssueFromTicketHandler(
    IOrderIssueStore store, DuplicateFinder duplicates, TicketFinder tickets, TicketPrefill prefill,
    TicketIssueCreator creator)
    : IRequestHandler<CreateIssueFromTicket, ReportedIssue>
{
    public async Task<ReportedIssue> Handle(CreateIssueFromTicket request, CancellationToken cancellationToken)
    {
        var (found, isNew) = await FindOrCreateAsync(request, cancellationToken);

        // Its survivor answers for a merged issue.
        var issue = await IssueFinder.FindSurvivorAsync(found, number => store.FindAsync(number, cancellationToken)) ?? found;
        return new(issue, isNew)
        {
            PossibleDuplicates = request.Issue.FindsDuplicates ? await duplicates.FindAsync(issue, cancellationToken) : [],
        };
    }

    private async Task<AddedIssue> FindOrCreateAsync(CreateIssueFromTicket request, CancellationToken cancellationToken)
    {
        var system = Channels.TicketSystemOf(request.Issue.Channel, request.Issue.Source)!;
        var ticketId = request.Issue.TicketId!;
        if (await store.FindByTicketAsync(system, ticketId, cancellationToken) is { } present)
        {
            return new AddedIssue(present, IsNew: false);
        }

        var issue = prefill.Apply(request.Issue, await tickets.FindAsync(system, ticketId, cancellationToken));
        if (issue.TicketId != ticketId && await store.FindByTicketAsync(system, issue.TicketId!, cancellationToken) is { } respelled)
        {
            return new AddedIssue(respelled, IsNew: false);
        }

        return issue.OrderId is null
            ? throw FailureException.OfRules(
                new ValidationFailure(nameof(CreateIssue.OrderId), "is required, since no order was found in the ticket"))
            : await creator.CreateAsync(system, issue, cancellationToken);
    }
}
