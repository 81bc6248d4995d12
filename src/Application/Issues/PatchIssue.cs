using System.Linq.Expressions;
using OrderIssues.Domain;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Issues;

/// <summary>Changes fields of an issue (RFC 7396); null removes.</summary>
/// <remarks>Properties hold the caller's values, cleaned but not yet valid.</remarks>
public sealed record PatchIssue : ChangeRequest
{
    public required string IssueId { get; init; }

    public Optional<string> TicketId { get; init => field = value.Map(PlainText.CleanIdentifierOrNull); }

    public Optional<IReadOnlyList<CreateIssueItem?>> Items { get; init; }

    public Optional<IReadOnlyList<string?>> TrackingNumber
    {
        get;
        init => field = value.Map<IReadOnlyList<string?>>(list => list?.Select(PlainText.CleanIdentifier).ToList());
    }

    public Optional<string> Picker { get; init => field = value.Map(PlainText.CleanOrNull); }

    public Optional<string> Packer { get; init => field = value.Map(PlainText.CleanOrNull); }

    public Optional<string> Palletter { get; init => field = value.Map(PlainText.CleanOrNull); }

    public Optional<string> CustomerName { get; init => field = value.Map(PlainText.CleanOrNull); }

    public Optional<string> CustomerEmail { get; init => field = value.Map(PlainText.CleanIdentifierOrNull); }

    public Optional<string> IssueType { get; init => field = value.Map(PlainText.Clean); }

    /// <summary>ISO 8601 time.</summary>
    public Optional<string> CustomerReachedAt { get; init => field = value.Map(PlainText.CleanOrNull); }

    /// <summary>ISO 8601 time.</summary>
    public Optional<string> ShippedAt { get; init => field = value.Map(PlainText.CleanOrNull); }

    public Optional<string> Notes { get; init => field = value.Map(PlainText.CleanOrNull); }

    public Optional<string> Status { get; init => field = value.Map(PlainText.CleanAndFoldOrNull); }

    public Optional<string> Assignee { get; init => field = value.Map(PlainText.CleanOrNull); }

    public Optional<IReadOnlyList<string?>> Tags { get; init => field = value.Map(PlainText.CleanAndFoldAll); }

    public Optional<string> Priority { get; init => field = value.Map(text => Priorities.Of(PlainText.CleanAndFoldOrNull(text))); }

    /// <summary>ISO 8601 time.</summary>
    public Optional<string> DueAt { get; init => field = value.Map(PlainText.CleanOrNull); }

    public Optional<string> Fault { get; init => field = value.Map(PlainText.CleanAndFoldOrNull); }

    public Optional<IssueCost> Cost { get; init; }

    /// <summary>Person who makes the change, as the caller claims.</summary>
    public string? By { get; init => field = PlainText.CleanOrNull(value); }

    /// <summary>Makes the patch of a valid request.</summary>
    internal IssuePatch ToPatch(IssueTypes types) => new()
    {
        TicketId = TicketId,
        Items = Items.Map<IReadOnlyList<IssueItem>>(items => items?.Select(item => item!.ToItem()).ToList()),
        TrackingNumber = TrackingNumber.Map<IReadOnlyList<string>>(numbers => numbers?.Select(number => number!).ToList()),
        Picker = Picker,
        Packer = Packer,
        Palletter = Palletter,
        CustomerName = CustomerName,
        CustomerEmail = CustomerEmail,
        IssueType = IssueType.Map(type => types.Meant(type) ?? type),
        CustomerReachedAt = CustomerReachedAt.Map(IsoDateTime.Parse),
        ShippedAt = ShippedAt.Map(IsoDateTime.Parse),
        Notes = Notes,
        Status = Status,
        Assignee = Assignee,
        Tags = Tags.Map<IReadOnlyList<string>>(tags => tags?.Select(tag => tag!).ToList()),
        Priority = Priority,
        DueAt = DueAt.Map(IsoDateTime.Parse),
        Fault = Fault,
        Cost = Cost.Map(cost => cost?.ToPatch()),
    };
}

internal sealed class PatchIssueValidator : AbstractValidator<PatchIssue>
{
    public PatchIssueValidator(IssueStatuses statuses, IssueTypes types)
    {
        ValueOf(patch => patch.TicketId).SingleLine(IssueField.TicketId);
        ValueOf(patch => patch.IssueType).Cascade(CascadeMode.Stop).IssueType(types).When(patch => patch.IssueType.IsPresent);
        ValueOf(patch => patch.Status).Status(statuses);
        ValueOf(patch => patch.Items).MaxCount(FieldLimits.Items);
        RuleForEach(patch => patch.Items.Value).Item()
            .OverridePropertyName(nameof(PatchIssue.Items)).When(patch => patch.Items.Value?.Count <= FieldLimits.Items);
        ValueOf(patch => patch.TrackingNumber).MaxCount(FieldLimits.TrackingNumbers);
        RuleForEach(patch => patch.TrackingNumber.Value).Required().SingleLine(IssueField.TrackingNumber)
            .OverridePropertyName(nameof(PatchIssue.TrackingNumber))
            .When(patch => patch.TrackingNumber.Value?.Count <= FieldLimits.TrackingNumbers);
        ValueOf(patch => patch.Picker).SingleLine(IssueField.Picker);
        ValueOf(patch => patch.Packer).SingleLine(IssueField.Packer);
        ValueOf(patch => patch.Palletter).SingleLine(IssueField.Palletter);
        ValueOf(patch => patch.CustomerName).SingleLine(IssueField.CustomerName);
        ValueOf(patch => patch.CustomerEmail).Cascade(CascadeMode.Stop).SingleLine(IssueField.CustomerEmail).Email();
        ValueOf(patch => patch.Notes).MultilineText(FieldLimits.Notes);
        ValueOf(patch => patch.CustomerReachedAt).DateTime();
        ValueOf(patch => patch.ShippedAt).DateTime();
        ValueOf(patch => patch.Assignee).SingleLine(IssueField.Assignee);
        ValueOf(patch => patch.Tags).MaxCount(FieldLimits.Tags);
        RuleForEach(patch => patch.Tags.Value).Tag()
            .OverridePropertyName(nameof(PatchIssue.Tags)).When(patch => patch.Tags.Value?.Count <= FieldLimits.Tags);
        ValueOf(patch => patch.Priority).OneOf(Priorities.All);
        ValueOf(patch => patch.DueAt).DateTime();
        ValueOf(patch => patch.Fault).OneOf(Faults.All);
        ValueOf(patch => patch.Cost).Cost();
        RuleFor(patch => patch.By).SingleLine(FieldLimits.PersonName);
    }

    /// <summary>Begins a rule for a property's value.</summary>
    private IRuleBuilderInitial<PatchIssue, T?> ValueOf<T>(Expression<Func<PatchIssue, Optional<T>>> property)
    {
        var value = property.Compile();
        return RuleFor(patch => value(patch).Value).Configure(rule => rule.PropertyName = ((MemberExpression)property.Body).Member.Name);
    }
}

internal sealed class PatchIssueHandler(IssueEditor editor, IssueStatuses statuses, IssueTypes types, TimeProvider time)
    : IRequestHandler<PatchIssue, OrderIssue>
{
    public Task<OrderIssue> Handle(PatchIssue request, CancellationToken cancellationToken)
    {
        var patch = request.ToPatch(types);
        return patch.IsEmpty
            ? throw new FailureException(FailureCode.ValidationFailed, "The patch has no field to change.")
            : editor.ChangeAsync(
                request,
                request.IssueId,
                issue => issue.Patch(patch, statuses, time.GetUtcNow()) is { } change ? change with { By = request.By } : null,
                cancellationToken);
    }
}
