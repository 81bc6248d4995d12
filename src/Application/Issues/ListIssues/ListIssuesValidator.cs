using System.Globalization;
using FluentValidation;
using OrderIssues.Application.Issues.Filtering;

namespace OrderIssues.Application.Issues.ListIssues;

internal sealed class ListIssuesValidator : AbstractValidator<ListIssues>
{
    public ListIssuesValidator()
    {
        var filters = new FilteredRequestValidator();
        Include(filters);
        RuleFor(list => list.Sort).Must(ListIssues.Sorts.ContainsKey).WithMessage($"must be one of {string.Join(", ", ListIssues.Sorts.Keys)}");
        RuleFor(list => list.Limit)
            .Must(limit => int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= ListIssues.MostIssues)
            .WithMessage($"must be an integer from 1 to {ListIssues.MostIssues}");
        RuleFor(list => list.Count).Must(count => count is "true" or "false").WithMessage("must be true or false");
        RuleFor(list => list.Cursor)
            .Must((list, cursor) => ListCursor.Read(cursor!, list) is not null)
            .WithMessage("must be a nextCursor that was given for the same filters and sort")
            .When(list => list.Cursor is not null && filters.Validate(list).IsValid);
    }
}
