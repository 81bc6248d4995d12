using OrderIssues.Application.Issues;
using OrderIssues.Domain.Issues.Changes;
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
        RuleFor(export => export.Email).Cascade(CascadeMode.Stop).Required().SingleLine(IssueField.CustomerEmail.MaxLength).Email();
}

internal sealed class ExportCustomerDataHandler(IOrderIssueStore store, ICustomerData data, TimeProvider time)
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
            if (await data.FindIssueAsync(id, cancellationToken) is { } found)
            {
                issues.Add(found with { Issue = await WithLaterMessagesAsync(found.Issue, cancellationToken) });
            }
        }

        return new CustomerDataExport(request.Email!, time.GetUtcNow(), issues);
    }

    private async Task<OrderIssue> WithLaterMessagesAsync(OrderIssue issue, CancellationToken cancellationToken) =>
        await IssueFinder.ListSurvivorsAsync(issue, number => store.FindAsync(number, cancellationToken)) is { Count: > 0 } survivors
            ? issue.WithMessagesFrom(survivors)
            : issue;
}
