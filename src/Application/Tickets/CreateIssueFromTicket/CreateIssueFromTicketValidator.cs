using FluentValidation;
using OrderIssues.Application.Common.Input;
using OrderIssues.Application.Issues;
using OrderIssues.Application.Issues.CreateIssue;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Tickets.CreateIssueFromTicket;

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
