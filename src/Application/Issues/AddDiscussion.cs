namespace OrderIssues.Application.Issues;

/// <summary>Appends a message to the discussion of an issue of an order.</summary>
public sealed record AddDiscussion : IRequest<OrderIssue>
{
    public required string OrderId { get; init; }

    /// <summary>Which issue of the order; null: its newest.</summary>
    public string? IssueId { get; init; }

    /// <summary>The id of the message. If the order has a message of that id already, it was added before and isn't again. Null: it has none.</summary>
    public EntityId? MessageId { get; init; }

    /// <summary>The states of which the issue must be in one; null: any.</summary>
    public IReadOnlyList<string>? ExpectedStates { get; init; }

    /// <summary>Who says it, as the caller claims.</summary>
    public string? Username { get; init => field = PlainText.Clean(value); }

    /// <summary>The other name that callers know for <see cref="Username"/>, which comes first where both are there.</summary>
    public string? UserNameAsStored { get; init => field = PlainText.Clean(value); }

    public string? Message { get; init => field = PlainText.Clean(value); }
}

internal sealed class AddDiscussionValidator : AbstractValidator<AddDiscussion>
{
    public AddDiscussionValidator()
    {
        RuleFor(discussion => discussion.Username).Required().Line(FieldLimits.PersonName)
            .When(discussion => discussion.Username is not null || discussion.UserNameAsStored is null);
        RuleFor(discussion => discussion.UserNameAsStored).Required().Line(FieldLimits.PersonName)
            .When(discussion => discussion.Username is null && discussion.UserNameAsStored is not null);
        RuleFor(discussion => discussion.Message).Required().Text(FieldLimits.Message);
    }
}

internal sealed class AddDiscussionHandler(IssueEditor editor, TimeProvider time) : IRequestHandler<AddDiscussion, OrderIssue>
{
    public async Task<OrderIssue> Handle(AddDiscussion request, CancellationToken cancellationToken) =>
        request.MessageId is { } id && await editor.FindWithMessageAsync(request.OrderId, id, cancellationToken) is { } present
            ? present
            : await editor.ChangeAsync(
                request.OrderId,
                request.IssueId,
                request.ExpectedStates,
                issue => issue.AddMessage((request.Username ?? request.UserNameAsStored)!, request.Message!, time.GetUtcNow(), request.MessageId),
                cancellationToken);
}
