using MediatR;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Issues.AddDiscussion;

internal sealed class AddDiscussionHandler(IssueEditor editor, TimeProvider time) : IRequestHandler<AddDiscussion, OrderIssue>
{
    public async Task<OrderIssue> Handle(AddDiscussion request, CancellationToken cancellationToken) =>
        request.MessageId is { } id && await editor.FindWithMessageAsync(request.OrderId, id, cancellationToken) is { } present
            ? present
            : await editor.ChangeAsync(
                request.OrderId,
                request.IssueId,
                request.IfMatch,
                issue => issue.AddMessage((request.Username ?? request.UserNameAsStored)!, request.Message!, time.GetUtcNow(), request.MessageId),
                cancellationToken);
}
