using FluentValidation;
using OrderIssues.Application.Common.Input;

namespace OrderIssues.Application.Issues.AddDiscussion;

internal sealed class AddDiscussionValidator : AbstractValidator<AddDiscussion>
{
    public AddDiscussionValidator()
    {
        RuleFor(discussion => discussion.Username).Required().Line(FieldLimits.PersonName);
        RuleFor(discussion => discussion.Message).Required().Text(FieldLimits.Message);
    }
}
