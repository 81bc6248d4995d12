namespace OrderIssues.Application.Issues;

/// <summary>Gives an issue of an order another status.</summary>
public sealed record UpdateStatus : IRequest<OrderIssue>
{
    public required string OrderId { get; init; }

    /// <summary>Which issue of the order; null: its newest.</summary>
    public string? IssueId { get; init; }

    /// <summary>The states of which the issue must be in one; null: any.</summary>
    public IReadOnlyList<string>? ExpectedStates { get; init; }

    public string? Status { get; init => field = PlainText.CleanAndFold(value); }

    /// <summary>Who does it, as the caller claims.</summary>
    public string? By { get; init => field = PlainText.CleanOrNull(value); }
}

internal sealed class UpdateStatusValidator : AbstractValidator<UpdateStatus>
{
    public UpdateStatusValidator(IssueStatuses statuses)
    {
        RuleFor(update => update.Status).Cascade(CascadeMode.Stop).Required().Status(statuses);
        RuleFor(update => update.By).Line(FieldLimits.PersonName);
    }
}

internal sealed class UpdateStatusHandler(IssueEditor editor, IssueStatuses statuses, TimeProvider time)
    : IRequestHandler<UpdateStatus, OrderIssue>
{
    public Task<OrderIssue> Handle(UpdateStatus request, CancellationToken cancellationToken) =>
        editor.ChangeAsync(
            request.OrderId,
            request.IssueId,
            request.ExpectedStates,
            issue => issue.ChangeStatus(request.Status!, request.By, statuses, time.GetUtcNow()),
            cancellationToken);
}
