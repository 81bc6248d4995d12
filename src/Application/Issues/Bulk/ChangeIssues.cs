using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Application.Issues.Queries;
using OrderIssues.Domain;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Issues.Bulk;

/// <summary>Changes many issues alike, each for itself.</summary>
public sealed record ChangeIssues : IRequest<IReadOnlyList<IssueOutcome>>
{
    public const int MaxIssues = IssueSelection.MaxIssues;

    /// <summary>Numbers of the issues; null where the filter tells them.</summary>
    public IReadOnlyList<string?>? IssueIds { get; init => field = value?.Select(PlainText.CleanIdentifier).ToList(); }

    /// <summary>Filter of the issues; null where they are named.</summary>
    public IssueSelection? Filter { get; init; }

    /// <summary>Number of issues that the filter must match.</summary>
    public long? Expect { get; init; }

    public ChangeOfIssues? Change { get; init; }

    /// <summary>Try of a request that is made once; null for any number of times.</summary>
    public IdempotentTry? Attempt { get; init; }
}

/// <summary>Change as the caller sent it, cleaned.</summary>
public sealed record ChangeOfIssues
{
    public Optional<string> Status { get; init => field = value.Map(PlainText.CleanAndFoldOrNull); }

    public Optional<string> Assignee { get; init => field = value.Map(PlainText.CleanOrNull); }

    public Optional<string> Priority { get; init => field = value.Map(text => Priorities.Of(PlainText.CleanAndFoldOrNull(text))); }

    public IReadOnlyList<string?>? AddTags { get; init => field = PlainText.CleanAndFoldAll(value); }

    public IReadOnlyList<string?>? RemoveTags { get; init => field = PlainText.CleanAndFoldAll(value); }

    /// <summary>Text of a message, whose author is <see cref="By"/>.</summary>
    public string? Message { get; init => field = PlainText.CleanOrNull(value); }

    /// <summary>Person who makes the change, as the caller claims.</summary>
    public string? By { get; init => field = PlainText.CleanOrNull(value); }

    internal bool IsEmpty => ToChange() is { Fields.IsEmpty: true, AddTags: [], RemoveTags: [], Message: null };

    internal CommonChange ToChange() => new()
    {
        Fields = new() { Status = Status, Assignee = Assignee, Priority = Priority },
        AddTags = [.. (AddTags ?? []).Select(tag => tag!)],
        RemoveTags = [.. (RemoveTags ?? []).Select(tag => tag!)],
        Message = Message,
        By = By,
    };
}

/// <summary>Outcome for one issue.</summary>
/// <param name="IssueId">Number of the issue.</param>
/// <param name="Failure">Reason why it stays as it is; null where it has what was wanted.</param>
public sealed record IssueOutcome(string IssueId, FailureException? Failure);

internal sealed class ChangeIssuesValidator : AbstractValidator<ChangeIssues>
{
    // More would make the answer much larger than the request.
    private const int MaxRepeats = 100;
    private static readonly string MaxIssues = ChangeIssues.MaxIssues.ToString("N0", CultureInfo.InvariantCulture);

    public ChangeIssuesValidator(IssueStatuses statuses, IssueTypes types, TimeProvider time)
    {
        RuleFor(request => request.IssueIds)
            .Must((request, ids) => ids is null != request.Filter is null).WithMessage("must be given, or filter in its place")
            .Must(ids => ids is null or { Count: >= 1 and <= ChangeIssues.MaxIssues })
            .WithMessage($"must have 1 to {MaxIssues} elements");
        RuleForEach(request => request.IssueIds).Required().SingleLine(IssueField.IssueId)
            .When(request => request.IssueIds?.Count <= ChangeIssues.MaxIssues);
        RuleFor(request => request.IssueIds).Custom(RefuseRepeats)
            .When(request => request.IssueIds?.Count <= ChangeIssues.MaxIssues);
        RuleFor(request => request.Filter).SetValidator(new SelectionValidator()!)
            .Must(filter => filter?.ToFilter(statuses, types, time.GetUtcNow()).IsEmpty != true).WithMessage("must not be empty");
        RuleFor(request => request.Expect)
            .Must(count => count is >= 0 and <= ChangeIssues.MaxIssues)
            .WithMessage($"must be the number of issues that the filter matches, 0 to {MaxIssues}")
            .When(request => request.Filter is not null);
        RuleFor(request => request.Expect).Null().WithMessage("is for a filter").When(request => request.Filter is null);
        RuleFor(request => request.Change).Cascade(CascadeMode.Stop)
            .NotNull().WithMessage("is required")
            .Must(change => !change!.IsEmpty).WithMessage("must change something")
            .SetValidator(new ChangeValidator(statuses)!);
    }

    private static void RefuseRepeats(IReadOnlyList<string?>? ids, ValidationContext<ChangeIssues> context)
    {
        var known = new HashSet<string?>();
        var repeats = (ids ?? []).Index().Where(id => !string.IsNullOrEmpty(id.Item) && !known.Add(id.Item));
        foreach (var (index, _) in repeats.Take(MaxRepeats))
        {
            context.AddFailure($"{nameof(ChangeIssues.IssueIds)}[{index}]", "must not be named twice");
        }
    }

    private sealed class SelectionValidator : AbstractValidator<IssueSelection>
    {
        public SelectionValidator()
        {
            Include(new FilteredRequestValidator());
            RuleFor(selection => selection.Fields).Custom((fields, context) =>
            {
                foreach (var (field, _) in fields.Where(field => field.Value.Count == 0))
                {
                    context.AddFailure(field.Name, "must have a value");
                }
            });
        }
    }

    private sealed class ChangeValidator : AbstractValidator<ChangeOfIssues>
    {
        public ChangeValidator(IssueStatuses statuses)
        {
            RuleFor(change => change.Status.Value).Status(statuses).OverridePropertyName(nameof(ChangeOfIssues.Status));
            RuleFor(change => change.Assignee.Value).SingleLine(IssueField.Assignee)
                .OverridePropertyName(nameof(ChangeOfIssues.Assignee));
            RuleFor(change => change.Priority.Value).OneOf(Priorities.All).OverridePropertyName(nameof(ChangeOfIssues.Priority));
            RuleFor(change => change.AddTags).MaxCount(FieldLimits.Tags);
            RuleForEach(change => change.AddTags).Tag()
                .Must((change, tag) => change.RemoveTags?.Contains(tag) != true).WithMessage("must not be among removeTags, too")
                .When(change => change.AddTags?.Count <= FieldLimits.Tags);
            RuleFor(change => change.RemoveTags).MaxCount(FieldLimits.Tags);
            RuleForEach(change => change.RemoveTags).Tag().When(change => change.RemoveTags?.Count <= FieldLimits.Tags);
            RuleFor(change => change.Message).MultilineText(FieldLimits.Message);
            RuleFor(change => change.By).SingleLine(FieldLimits.PersonName);
            RuleFor(change => change.By).Required().WithMessage("is required with a message").When(change => change.Message is not null);
        }
    }
}

internal sealed class ChangeIssuesHandler(IssueEditor editor, FilteredIssues filtered, IssueStatuses statuses, TimeProvider time)
    : IRequestHandler<ChangeIssues, IReadOnlyList<IssueOutcome>>
{
    // Enough to share commits and hide the way to a database, and few enough to leave others their turn.
    private const int MaxChangesAtOnce = 8;

    public async Task<IReadOnlyList<IssueOutcome>> Handle(ChangeIssues request, CancellationToken cancellationToken)
    {
        var issueIds = request.Filter is null
            ? [.. request.IssueIds!.Select(id => id!)]
            : await filtered.FindAsync(request.Filter, (int)request.Expect!.Value, request.Attempt, cancellationToken);
        var change = request.Change!.ToChange();
        var outcomes = new IssueOutcome[issueIds.Count];
        await Parallel.ForEachAsync(
            issueIds.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = MaxChangesAtOnce, CancellationToken = cancellationToken },
            async (issue, token) => outcomes[issue.Index] = await ChangeAsync(issue.Item, change, request.Attempt, token));
        return outcomes;
    }

    private async Task<IssueOutcome> ChangeAsync(
        string issueId, CommonChange change, IdempotentTry? attempt, CancellationToken cancellationToken)
    {
        var one = new PatchIssue
        {
            IssueId = issueId,
            ReturnsHead = true,
            Attempt = attempt is null ? null : attempt with { TargetId = attempt.TargetId.Derive(issueId) },
        };
        try
        {
            await editor.ChangeAsync(
                one, issueId, issue => change.Of(issue, one.Attempt?.TargetId, statuses, time.GetUtcNow()), cancellationToken);
            return new IssueOutcome(issueId, Failure: null);
        }
        catch (FailureException failure) when (failure.GuaranteesNothingWritten || failure.Code == FailureCode.Overloaded)
        {
            return new IssueOutcome(issueId, failure);
        }
    }
}
