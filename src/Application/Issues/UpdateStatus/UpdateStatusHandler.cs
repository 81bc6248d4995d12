using MediatR;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Issues.UpdateStatus;

internal sealed class UpdateStatusHandler(IssueEditor editor, IssueStatuses statuses, TimeProvider time)
    : IRequestHandler<UpdateStatus, OrderIssue>
{
    public Task<OrderIssue> Handle(UpdateStatus request, CancellationToken cancellationToken) =>
        editor.ChangeAsync(
            request.OrderId,
            request.IssueId,
            request.IfMatch,
            issue => issue.ChangeStatus(request.Status!, request.By, statuses, time.GetUtcNow()),
            cancellationToken);
}
