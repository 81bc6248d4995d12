namespace OrderIssues.Application.Issues;

/// <summary>Changes the status of an issue of an order.</summary>
public sealed record UpdateStatus : ChangeRequest
{
    public required string OrderId { get; init; }

    /// <summary>Number of the issue; null for the order's newest.</summary>
    public string? IssueId { get; init; }

    public string? Status { get; init => field = PlainText.CleanAndFold(value); }

    /// <summary>Person who changes it, as the caller claims.</summary>
    public string? By { get; init => field = PlainText.CleanOrNull(value); }
}

internal sealed class UpdateStatusValidator : AbstractValidator<UpdateStatus>
{
    public UpdateStatusValidator(IssueStatuses statuses)
    {
        RuleFor(update => update.Status).Cascade(CascadeMode.Stop).Required().Status(statuses);
        RuleFor(update => update.By).SingleLine(FieldLimits.PersonName);
    }
}

internal sealed class UpdateStatusHandler(IssueEditor editor, IssueStatuses statuses, TimeProvider time)
    : IRequestHandler<UpdateStatus, OrderIssue>
{
    public Task<OrderIssue> Handle(UpdateStatus request, CancellationToken cancellationToken) =>
        editor.ChangeAsync(
            request,
            request.OrderId,
            request.IssueId,
            issue => issue.ChangeStatus(request.Status!, request.By, statuses, time.GetUtcNow()),
            cancellationToken);
}
