using FluentValidation;
using OrderIssues.Application.Common.Input;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Issues.UpdateStatus;

internal sealed class UpdateStatusValidator : AbstractValidator<UpdateStatus>
{
    public UpdateStatusValidator(IssueStatuses statuses)
    {
        RuleFor(update => update.Status).Cascade(CascadeMode.Stop).Required().Status(statuses);
        RuleFor(update => update.By).Line(FieldLimits.PersonName);
    }
}
