using System.Runtime.CompilerServices;
using MediatR;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Domain.Issues.Queries.Filters;

namespace OrderIssues.Application.Issues.ExportIssues;

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
