using System.Linq.Expressions;

namespace OrderIssues.Application.Issues.Queries;

internal sealed class FilteredRequestValidator : AbstractValidator<FilteredRequest>
{
    public FilteredRequestValidator()
    {
        RuleFor(request => request.Fields).Custom((fields, context) =>
        {
            foreach (var (field, values) in fields)
            {
                foreach (var message in ErrorsOf(field, values))
                {
                    context.AddFailure(field.Name, message);
                }
            }
        });
        Range(request => request.CreatedFrom, request => request.CreatedTo, "createdTo");
        Range(request => request.UpdatedFrom, request => request.UpdatedTo, "updatedTo");
        Range(request => request.ShippedFrom, request => request.ShippedTo, "shippedTo");
        Range(request => request.ResolvedFrom, request => request.ResolvedTo, "resolvedTo");
        Range(request => request.DueFrom, request => request.DueTo, "dueTo");
        RuleFor(request => request.OlderThanHours).InclusiveBetween(1, FilteredRequest.MaxHours)
            .WithMessage("must be an integer from 1 to 87,600");
        RuleFor(request => request.Q).Cascade(CascadeMode.Stop).SingleLine(FilteredRequest.MaxText)
            .Must(text => text is null || PlainText.Length(text) >= FilteredRequest.MinText)
            .WithMessage($"must be at least {FilteredRequest.MinText} characters long");
    }

    private void Range(
        Expression<Func<FilteredRequest, string?>> from, Expression<Func<FilteredRequest, string?>> to, string nameOfTo)
    {
        var end = to.Compile();
        RuleFor(from).DateTime()
            .Must((request, start) => !(IsoDateTime.Parse(start) > IsoDateTime.Parse(end(request))))
            .WithMessage($"must not be after {nameOfTo}");
        RuleFor(to).DateTime();
    }

    private static IEnumerable<string> ErrorsOf(IssueField field, IReadOnlyList<string?> values)
    {
        if (values.Count > FilteredRequest.MaxValues)
        {
            yield return $"must have at most {FilteredRequest.MaxValues} values";
        }

        var min = field.Is(FieldTraits.Required) ? 1 : 0;
        if (!values.All(value => IsValue(value, min, field.MaxLength)))
        {
            yield return $"must have values of {min} to {field.MaxLength} characters, without control characters";
        }

        if (field.Is(FieldTraits.LowerCase) && values.Any(value => value?.Contains(',') == true))
        {
            yield return "must have one value each time it is given: a list with commas isn't taken";
        }
    }

    private static bool IsValue(string? value, int min, int max) =>
        PlainText.Clean(value) is { } text && text.Length >= min
        && PlainText.IsWellFormed(text) && PlainText.IsLine(text) && PlainText.Length(text) <= max;
}
