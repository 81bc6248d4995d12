using System.Runtime.CompilerServices;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Queries;

/// <summary>Exports all issues that meet the filter, latest first.</summary>
/// <remarks>Each issue is as it is when its turn comes. Issues reported after the start are left out.</remarks>
public sealed record ExportIssues : FilteredRequest, IRequest<IAsyncEnumerable<OrderIssue>>
{
    public const string Csv = "csv";
    public const string Ndjson = "ndjson";
    public const string Xlsx = "xlsx";

    public static readonly IReadOnlyList<string> Formats = [Csv, Ndjson, Xlsx];

    /// <summary>One of <see cref="Formats"/>.</summary>
    public string? Format { get; init; }
}

internal sealed class ExportIssuesValidator : AbstractValidator<ExportIssues>
{
    public ExportIssuesValidator()
    {
        Include(new FilteredRequestValidator());
        RuleFor(export => export.Format).Cascade(CascadeMode.Stop)
            .Required()
            .Must(format => ExportIssues.Formats.Contains(format))
            .WithMessage("must be csv, ndjson or xlsx");
    }
}

internal sealed class ExportIssuesHandler(
    IOrderIssueQueries queries, IssueStatuses statuses, IssueTypes types, TimeProvider time)
    : IRequestHandler<ExportIssues, IAsyncEnumerable<OrderIssue>>
{
    private const int PageSize = 500;
    private static readonly IssueSort Sort = new(IssueField.CreatedAt, Descending: true);

    public async Task<IAsyncEnumerable<OrderIssue>> Handle(ExportIssues request, CancellationToken cancellationToken)
    {
        // The first page is read before the response starts, which can still become a problem.
        var filter = request.ToFilter(statuses, types, time.GetUtcNow());
        var first = await queries.ListAsync(filter, Sort, after: null, PageSize, cancellationToken);
        return WalkAsync(filter, first, cancellationToken);
    }

    private async IAsyncEnumerable<OrderIssue> WalkAsync(
        IssueFilter filter, IssuePage page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var issue in page.Issues)
            {
                yield return issue;
            }

            if (page.Last is not { } last)
            {
                yield break;
            }

            cancellationToken.ThrowIfCancellationRequested();
            page = await queries.ListAsync(filter, Sort, last, PageSize, cancellationToken);
        }
    }
}
