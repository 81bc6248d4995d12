using FluentValidation;
using OrderIssues.Application.Common.Input;
using OrderIssues.Application.Issues.Filtering;

namespace OrderIssues.Application.Issues.GetStatistics;

internal sealed class GetStatisticsValidator : AbstractValidator<GetStatistics>
{
    public GetStatisticsValidator()
    {
        Include(new FilteredRequestValidator());
        RuleFor(statistics => statistics.GroupBy).Cascade(CascadeMode.Stop).Required()
            .Must(field => GetStatistics.Fields.ContainsKey(field!))
            .WithMessage($"must be one of {string.Join(", ", GetStatistics.Fields.Keys)}");
    }
}
