using FluentValidation.Results;
using MediatR;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Issues.CreateIssue;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Issues.PatchIssue;

internal sealed class PatchIssueHandler(IssueEditor editor, IssueStatuses statuses, TimeProvider time) : IRequestHandler<PatchIssue, OrderIssue>
{
    public Task<OrderIssue> Handle(PatchIssue request, CancellationToken cancellationToken)
    {
        var patch = request.ToPatch();
        return editor.ChangeAsync(
            request.IssueId,
            request.IfMatch,
            issue => issue.NeedsTicket && patch.TicketId is { IsPresent: true, Value: null }
                ? throw new FailureException(FailureCode.ValidationFailed, "The issue needs its ticket.")
                {
                    Errors = [new ValidationFailure(nameof(PatchIssue.TicketId), CreateIssueValidator.TicketIdIsRequired)],
                }
                : issue.Patch(patch, statuses, time.GetUtcNow()),
            cancellationToken);
    }
}
