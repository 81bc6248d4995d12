using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Privacy;

/// <summary>Reads everything that is kept about a customer.</summary>
public sealed record ExportCustomerData : IRequest<CustomerDataExport>
{
    /// <summary>Most issues of an address.</summary>
    public const int MaxIssues = 1_000;

    public string? Email { get; init => field = PlainText.CleanIdentifierOrNull(value); }
}

/// <summary>What is kept about a customer.</summary>
/// <param name="Email">Address of the customer.</param>
/// <param name="At">Time of the export.</param>
/// <param name="Issues">Issues that have the address, or had it.</param>
public sealed record CustomerDataExport(string Email, DateTimeOffset At, IReadOnlyList<RecordedIssue> Issues);

internal sealed class ExportCustomerDataValidator : AbstractValidator<ExportCustomerData>
{
    public ExportCustomerDataValidator() =>
        RuleFor(export => export.Email).Cascade(CascadeMode.Stop).Required().SingleLine(IssueField.CustomerEmail.MaxLength);
}

internal sealed class ExportCustomerDataHandler(ICustomerData data, TimeProvider time)
    : IRequestHandler<ExportCustomerData, CustomerDataExport>
{
    public async Task<CustomerDataExport> Handle(ExportCustomerData request, CancellationToken cancellationToken)
    {
        var ids = await data.FindIssuesAsync(request.Email!, cancellationToken);
        if (ids.Count > ExportCustomerData.MaxIssues)
        {
            throw FailureException.OfRules(new ValidationFailure(
                nameof(request.Email), "is the address of more than 1,000 issues: export them as a list, by the filter customerEmail"));
        }

        var issues = new List<RecordedIssue>();
        foreach (var id in ids)
        {
            if (await data.FindIssueAsync(id, cancellationToken) is { } issue)
            {
                issues.Add(issue);
            }
        }

        return new CustomerDataExport(request.Email!, time.GetUtcNow(), issues);
    }
}
