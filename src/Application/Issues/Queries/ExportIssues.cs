using System.Runtime.CompilerServices;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Queries;

/// <summary>
/// Gives all issues that the filter means, the latest first, each as it is when its turn comes. Those reported meanwhile aren't among them.
/// On the way it fails as the store does.
/// </summary>
public sealed record ExportIssues : FilteredRequest, IRequest<IAsyncEnumerable<OrderIssue>>
{
    public const string Csv = "csv";
    public const string Ndjson = "ndjson";

    /// <summary><see cref="Csv"/> or <see cref="Ndjson"/>: what the issues are to be written as.</summary>
    public string? Format { get; init; }
}

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

internal sealed class ExportIssuesHandler(IOrderIssueQueries queries) : IRequestHandler<ExportIssues, IAsyncEnumerable<OrderIssue>>
{
    private const int IssuesOfAPage = 500;
    private static readonly IssueSort Sort = new(SortField.CreatedAt, Descending: true);

    public async Task<IAsyncEnumerable<OrderIssue>> Handle(ExportIssues request, CancellationToken cancellationToken)
    {
        // Read before anything is given, so that a store that can't be reached is still told as a failure.
        var filter = request.ToFilter();
        var first = await queries.ListAsync(filter, Sort, after: null, IssuesOfAPage, cancellationToken);
        return WalkAsync(filter, first, cancellationToken);
    }

    private async IAsyncEnumerable<OrderIssue> WalkAsync(IssueFilter filter, IssuePage page, [EnumeratorCancellation] CancellationToken cancellationToken)
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
            page = await queries.ListAsync(filter, Sort, last, IssuesOfAPage, cancellationToken);
        }
    }
}
