using FluentValidation;
using OrderIssues.Application.Common.Input;
using OrderIssues.Application.Issues.Filtering;

namespace OrderIssues.Application.Issues.ExportIssues;

internal sealed class ExportIssuesValidator : AbstractValidator<ExportIssues>
{
    public ExportIssuesValidator()
    {
        Include(new FilteredRequestValidator());
        RuleFor(export => export.Format).Cascade(CascadeMode.Stop)
            .Required()
            .Must(format => format is ExportIssues.Csv or ExportIssues.Ndjson).WithMessage("must be csv or ndjson");
    }
}
