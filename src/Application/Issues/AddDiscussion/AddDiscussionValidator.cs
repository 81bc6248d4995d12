using FluentValidation;
using OrderIssues.Application.Common.Input;

namespace OrderIssues.Application.Issues.AddDiscussion;

internal sealed class AddDiscussionValidator : AbstractValidator<AddDiscussion>
{
    public AddDiscussionValidator()
    {
        RuleFor(discussion => discussion.Username).Required().Line(FieldLimits.PersonName)
            .When(discussion => discussion.Username is not null || discussion.UserNameAsStored is null);
        RuleFor(discussion => discussion.UserNameAsStored).Required().Line(FieldLimits.PersonName)
            .When(discussion => discussion.Username is null && discussion.UserNameAsStored is not null);
        RuleFor(discussion => discussion.Message).Required().Text(FieldLimits.Message);
    }
}
