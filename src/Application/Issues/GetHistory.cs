using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues;

/// <summary>Reads the history of an issue, oldest entry first.</summary>
public sealed record GetHistory(string IssueId) : IRequest<IReadOnlyList<HistoryEntry>>;

internal sealed class GetHistoryHandler(IOrderIssueQueries queries) : IRequestHandler<GetHistory, IReadOnlyList<HistoryEntry>>
{
    public async Task<IReadOnlyList<HistoryEntry>> Handle(GetHistory request, CancellationToken cancellationToken) =>
        await queries.FindHistoryAsync(request.IssueId, cancellationToken)
        ?? throw FailureException.IssueNotFound();
}
