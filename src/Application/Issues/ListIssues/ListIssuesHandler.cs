using System.Globalization;
using MediatR;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.ListIssues;

internal sealed class ListIssuesHandler(IOrderIssueQueries queries) : IRequestHandler<ListIssues, IssueList>
{
    public async Task<IssueList> Handle(ListIssues request, CancellationToken cancellationToken)
    {
        var filter = request.ToFilter();
        var limit = int.Parse(request.Limit, CultureInfo.InvariantCulture);
        var after = request.Cursor is null ? (IssuePosition?)null : ListCursor.Read(request.Cursor, request);
        var page = await queries.ListAsync(filter, ListIssues.Sorts[request.Sort], after, limit, cancellationToken);
        var total = bool.Parse(request.Count) ? await queries.CountAsync(filter, cancellationToken) : (long?)null;
        return new IssueList(page.Issues, limit, page.Last is { } last ? ListCursor.Write(last, request) : null, total);
    }
}
