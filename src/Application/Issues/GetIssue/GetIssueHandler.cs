using MediatR;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Issues.GetIssue;

internal sealed class GetIssueHandler(IOrderIssueStore store) : IRequestHandler<GetIssue, OrderIssue>
{
    public async Task<OrderIssue> Handle(GetIssue request, CancellationToken cancellationToken) =>
        await store.FindAsync(request.IssueId, cancellationToken)
        ?? throw new FailureException(FailureCode.IssueNotFound, "There is no issue of this number.");
}
