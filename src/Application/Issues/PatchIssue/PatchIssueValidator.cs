using FluentValidation;
using FluentValidation.Results;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Common.Input;
using OrderIssues.Application.Issues.CreateIssue;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Issues.PatchIssue;

internal sealed class PatchIssueValidator : AbstractValidator<PatchIssue>
{
    public PatchIssueValidator(IssueStatuses statuses)
    {
        RuleFor(patch => patch.TicketId.Value).Line(FieldLimits.TicketId).OverridePropertyName(nameof(PatchIssue.TicketId));
        RuleFor(patch => patch.IssueType.Value).Required().Line(FieldLimits.IssueType).OverridePropertyName(nameof(PatchIssue.IssueType))
            .When(patch => patch.IssueType.IsPresent);
        RuleFor(patch => patch.Status.Value).Status(statuses).OverridePropertyName(nameof(PatchIssue.Status));

        RuleFor(patch => patch.Items.Value).List(FieldLimits.Items).OverridePropertyName(nameof(PatchIssue.Items));
        RuleForEach(patch => patch.Items.Value).NotNull().WithMessage("must not be null").SetValidator(new CreateIssueItemValidator()!)
            .OverridePropertyName(nameof(PatchIssue.Items)).When(patch => patch.Items.Value?.Count <= FieldLimits.Items);
        RuleFor(patch => patch.TrackingNumber.Value).List(FieldLimits.TrackingNumbers).OverridePropertyName(nameof(PatchIssue.TrackingNumber));
        RuleForEach(patch => patch.TrackingNumber.Value).Required().Line(FieldLimits.TrackingNumber)
            .OverridePropertyName(nameof(PatchIssue.TrackingNumber)).When(patch => patch.TrackingNumber.Value?.Count <= FieldLimits.TrackingNumbers);

        RuleFor(patch => patch.Picker.Value).Line(FieldLimits.PersonName).OverridePropertyName(nameof(PatchIssue.Picker));
        RuleFor(patch => patch.Packer.Value).Line(FieldLimits.PersonName).OverridePropertyName(nameof(PatchIssue.Packer));
        RuleFor(patch => patch.Palletter.Value).Line(FieldLimits.PersonName).OverridePropertyName(nameof(PatchIssue.Palletter));
        RuleFor(patch => patch.CustomerName.Value).Line(FieldLimits.PersonName).OverridePropertyName(nameof(PatchIssue.CustomerName));
        RuleFor(patch => patch.CustomerEmail.Value).Cascade(CascadeMode.Stop).Line(FieldLimits.Email).Email()
            .OverridePropertyName(nameof(PatchIssue.CustomerEmail));
        RuleFor(patch => patch.Notes.Value).Text(FieldLimits.Notes).OverridePropertyName(nameof(PatchIssue.Notes));
        RuleFor(patch => patch.CustomerReachedAt.Value).DateTime().OverridePropertyName(nameof(PatchIssue.CustomerReachedAt));
        RuleFor(patch => patch.ShippedAt.Value).DateTime().OverridePropertyName(nameof(PatchIssue.ShippedAt));

        RuleForEach(patch => patch.Others).Custom((name, context) =>
            context.AddFailure(new ValidationFailure(FailureException.AsSent + name, "isn't a field that can be changed here")));
    }
}
