using FluentValidation;
using OrderIssues.Application.Common.Input;

namespace OrderIssues.Application.Issues.CreateIssue;

internal sealed class CreateIssueItemValidator : AbstractValidator<CreateIssueItem>
{
    public CreateIssueItemValidator()
    {
        RuleFor(item => item.Sku).Required().Line(FieldLimits.Sku);
        RuleFor(item => item.Qty)
            .Must(qty => qty is >= 1 and <= FieldLimits.Qty && double.IsInteger(qty.Value))
            .WithMessage("must be an integer from 1 to 1,000,000");
    }
}
