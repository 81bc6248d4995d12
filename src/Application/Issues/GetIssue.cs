namespace OrderIssues.Application.Issues;

/// <summary>Reads an issue by its number.</summary>
public sealed record GetIssue(string IssueId) : IRequest<OrderIssue>;

internal sealed class GetIssueHandler(IOrderIssueStore store) : IRequestHandler<GetIssue, OrderIssue>
{
    public async Task<OrderIssue> Handle(GetIssue request, CancellationToken cancellationToken) =>
        await store.FindAsync(request.IssueId, cancellationToken)
        ?? throw FailureException.IssueNotFound();
}
