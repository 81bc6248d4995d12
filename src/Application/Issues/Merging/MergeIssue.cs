namespace OrderIssues.Application.Issues.Merging;

/// <summary>Merges an issue into another one of its order, which takes its messages over.</summary>
public sealed record MergeIssue : ChangeRequest
{
    public required string IssueId { get; init; }

    /// <summary>Number of the other issue.</summary>
    public string? Into { get; init => field = PlainText.Clean(value); }

    /// <summary>Person who merges them, as the caller claims.</summary>
    public string? By { get; init => field = PlainText.CleanOrNull(value); }
}

internal sealed class MergeIssueValidator : AbstractValidator<MergeIssue>
{
    public MergeIssueValidator()
    {
        RuleFor(merge => merge.Into).Required().SingleLine(IssueField.IssueId);
        RuleFor(merge => merge.By).SingleLine(FieldLimits.PersonName);
    }
}

internal sealed class MergeIssueHandler(
    IOrderIssueStore store, IssueMerger merger, MessageTakeOver takeOver, ICaller caller, TimeProvider time)
    : IRequestHandler<MergeIssue, OrderIssue>
{
    public async Task<OrderIssue> Handle(MergeIssue request, CancellationToken cancellationToken)
    {
        var source = await store.FindAsync(request.IssueId, cancellationToken) ?? throw FailureException.IssueNotFound();
        var merge = new Merge
        {
            Id = request.Attempt?.TargetId ?? EntityId.New(time.GetUtcNow()),
            SourceId = source.Id,
            OrderId = source.OrderId,
            Into = request.Into!,
            By = request.By,
            Caller = caller.Name,
            ExpectedRevisions = request.ExpectedRevisions,
        };
        var merged = request.Attempt is { IsFirst: false }
            && await store.FindWithChangeAsync(source.OrderId, merge.Id, cancellationToken) is { } done
            ? done
            : await merger.MarkAsync(merge, cancellationToken);

        // What can't be copied now follows.
        var (survivor, _) = await takeOver.RunAsync(merged, request.By, caller.Name, cancellationToken);
        return survivor ?? throw FailureException.IssueNotFound();
    }
}
