using FluentValidation;
using OrderIssues.Application.Common.Input;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Issues.CreateIssue;

internal sealed class CreateIssueValidator : AbstractValidator<CreateIssue>
{
    public const string TicketIdIsRequired = "is required when source or channel is freshdesk or tiktok";

    public CreateIssueValidator(IssueStatuses statuses)
    {
        RuleFor(issue => issue.OrderId).Required().Line(FieldLimits.OrderId)
            .Must(orderId => orderId is not ("." or "..")).WithMessage("must not be '.' or '..', which no path can name");
        RuleFor(issue => issue.Source).Cascade(CascadeMode.Stop).Required().Line(FieldLimits.Source)
            .Must(source => Channels.Of(source) is not null)
            .WithMessage($"must be one of {string.Join(", ", Channels.All)}, or start with one of them and '-'");
        RuleFor(issue => issue.Channel)
            .Must(channel => channel is null || Channels.All.Contains(channel))
            .WithMessage($"must be one of {string.Join(", ", Channels.All)}");
        RuleFor(issue => issue.TicketId).Line(FieldLimits.TicketId);
        RuleFor(issue => issue.TicketId).Required().WithMessage(TicketIdIsRequired)
            .When(issue => Channels.NeedsTicket(issue.Channel, issue.Source));
        RuleFor(issue => issue.IssueType).Required().Line(FieldLimits.IssueType);
        RuleFor(issue => issue.Status).Status(statuses);

        RuleFor(issue => issue.Items).List(FieldLimits.Items);
        RuleForEach(issue => issue.Items).NotNull().WithMessage("must not be null").SetValidator(new CreateIssueItemValidator()!)
            .When(issue => issue.Items?.Count <= FieldLimits.Items);
        RuleFor(issue => issue.TrackingNumber).List(FieldLimits.TrackingNumbers);
        RuleForEach(issue => issue.TrackingNumber).Required().Line(FieldLimits.TrackingNumber)
            .When(issue => issue.TrackingNumber?.Count <= FieldLimits.TrackingNumbers);

        RuleFor(issue => issue.Picker).Line(FieldLimits.PersonName);
        RuleFor(issue => issue.Packer).Line(FieldLimits.PersonName);
        RuleFor(issue => issue.Palletter).Line(FieldLimits.PersonName);
        RuleFor(issue => issue.CreatedBy).Line(FieldLimits.PersonName);
        RuleFor(issue => issue.CustomerName).Line(FieldLimits.PersonName);
        RuleFor(issue => issue.CustomerEmail).Cascade(CascadeMode.Stop).Line(FieldLimits.Email).Email();
        RuleFor(issue => issue.Notes).Text(FieldLimits.Notes);
        RuleFor(issue => issue.CustomerReachedAt).DateTime();
        RuleFor(issue => issue.ShippedAt).DateTime();
    }
}
