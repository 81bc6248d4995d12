using MediatR;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Domain.Issues.Queries.Statistics;

namespace OrderIssues.Application.Issues.GetStatistics;

internal sealed class GetStatisticsHandler(IOrderIssueQueries queries, IssueStatuses statuses) : IRequestHandler<GetStatistics, IssueStatistics>
{
    public async Task<IssueStatistics> Handle(GetStatistics request, CancellationToken cancellationToken) =>
        IssueStatistics.Of(await queries.TallyAsync(request.ToFilter(), GetStatistics.Fields[request.GroupBy!], cancellationToken), statuses);
}
