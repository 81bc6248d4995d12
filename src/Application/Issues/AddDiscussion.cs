using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Issues;

/// <summary>Appends a message to an issue's discussion.</summary>
public sealed record AddDiscussion : ChangeRequest
{
    public required string OrderId { get; init; }

    /// <summary>Number of the issue; null for the order's newest.</summary>
    public string? IssueId { get; init; }

    /// <summary>Author, as the caller claims.</summary>
    public string? Username { get; init => field = PlainText.Clean(value); }

    /// <summary>Other name for <see cref="Username"/>, which comes first.</summary>
    public string? UserNameAsStored { get; init => field = PlainText.Clean(value); }

    public string? Message { get; init => field = PlainText.Clean(value); }

    internal override bool GoesToSurvivor => true;
}

internal sealed class AddDiscussionValidator : AbstractValidator<AddDiscussion>
{
    public AddDiscussionValidator()
    {
        RuleFor(discussion => discussion.Username).Required().SingleLine(FieldLimits.PersonName)
            .When(discussion => discussion.Username is not null || discussion.UserNameAsStored is null);
        RuleFor(discussion => discussion.UserNameAsStored).Required().SingleLine(FieldLimits.PersonName)
            .When(discussion => discussion.Username is null && discussion.UserNameAsStored is not null);
        RuleFor(discussion => discussion.Message).Required().MultilineText(FieldLimits.Message);
    }
}

internal sealed class AddDiscussionHandler(IssueEditor editor, IOrderIssueStore store, ICaller caller, TimeProvider time)
    : IRequestHandler<AddDiscussion, OrderIssue>
{
    public async Task<OrderIssue> Handle(AddDiscussion request, CancellationToken cancellationToken)
    {
        var message = new NewMessage(
            request.OrderId, request.IssueId, (request.Username ?? request.UserNameAsStored)!, request.Message!, time.GetUtcNow())
        {
            Id = request.Attempt?.TargetId,
            Caller = caller.Name,
            ReturnsHead = request.ReturnsHead,
        };
        return request is { ExpectedRevisions: null, Attempt: null or { IsFirst: true } }
            && IssueEditor.IssueOf(await store.AddMessageAsync(message, cancellationToken)) is { } issue
            ? issue
            : await editor.ChangeAsync(request, request.OrderId, request.IssueId, message.ChangeOf, cancellationToken);
    }
}
