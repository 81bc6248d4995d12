using FluentValidation;
using OrderIssues.Application.Common.Input;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Issues.Filtering;

internal sealed class FilteredRequestValidator : AbstractValidator<FilteredRequest>
{
    public FilteredRequestValidator()
    {
        RuleForEach(request => request.QueryErrors).Custom((error, context) => context.AddFailure(error));
        RuleFor(request => request.OrderId).Values(FieldLimits.OrderId);
        RuleFor(request => request.IssueId).Values(FieldLimits.IssueId);
        RuleFor(request => request.TicketId).Values(FieldLimits.TicketId);
        RuleFor(request => request.Status).Values(IssueStatuses.MostCharacters);
        RuleFor(request => request.Channel).Values(FieldLimits.Source);
        RuleFor(request => request.Source).Values(FieldLimits.Source);
        RuleFor(request => request.IssueType).Values(FieldLimits.IssueType);
        RuleFor(request => request.Sku).Values(FieldLimits.Sku);
        RuleFor(request => request.TrackingNumber).Values(FieldLimits.TrackingNumber);
        RuleFor(request => request.Picker).Values(FieldLimits.PersonName);
        RuleFor(request => request.Packer).Values(FieldLimits.PersonName);
        RuleFor(request => request.Palletter).Values(FieldLimits.PersonName);
        RuleFor(request => request.CustomerEmail).Values(FieldLimits.Email);
        RuleFor(request => request.CreatedBy).Values(FieldLimits.PersonName);

        RuleFor(request => request.CreatedFrom).DateTime().NotAfter(request => request.CreatedTo, "createdTo");
        RuleFor(request => request.CreatedTo).DateTime();
        RuleFor(request => request.UpdatedFrom).DateTime().NotAfter(request => request.UpdatedTo, "updatedTo");
        RuleFor(request => request.UpdatedTo).DateTime();
        RuleFor(request => request.Q).Cascade(CascadeMode.Stop).Line(FieldLimits.SearchedText)
            .Must(text => text is null || PlainText.Length(text) >= FieldLimits.LeastSearchedText)
            .WithMessage($"must be at least {FieldLimits.LeastSearchedText} characters long");
    }
}
