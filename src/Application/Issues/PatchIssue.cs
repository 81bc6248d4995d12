using OrderIssues.Domain;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Issues;

/// <summary>
/// Gives fields of an issue other values (RFC 7396). What isn't present stays; what is present as null is removed. The properties hold what the caller
/// said, cleaned but not yet known to be valid.
/// </summary>
public sealed record PatchIssue : IRequest<OrderIssue>
{
    public required string IssueId { get; init; }

    /// <summary>The states of which the issue must be in one; null: any.</summary>
    public IReadOnlyList<string>? ExpectedStates { get; init; }

    public Optional<string> TicketId { get; init => field = value.Map(PlainText.CleanOrNull); }

    public Optional<IReadOnlyList<CreateIssueItem?>> Items { get; init; }

    public Optional<IReadOnlyList<string?>> TrackingNumber { get; init => field = value.Map<IReadOnlyList<string?>>(list => list?.Select(PlainText.Clean).ToList()); }

    public Optional<string> Picker { get; init => field = value.Map(PlainText.CleanOrNull); }

    public Optional<string> Packer { get; init => field = value.Map(PlainText.CleanOrNull); }

    public Optional<string> Palletter { get; init => field = value.Map(PlainText.CleanOrNull); }

    public Optional<string> CustomerName { get; init => field = value.Map(PlainText.CleanOrNull); }

    public Optional<string> CustomerEmail { get; init => field = value.Map(PlainText.Clean); }

    public Optional<string> IssueType { get; init => field = value.Map(PlainText.Clean); }

    /// <summary>ISO 8601.</summary>
    public Optional<string> CustomerReachedAt { get; init => field = value.Map(PlainText.Clean); }

    /// <summary>ISO 8601.</summary>
    public Optional<string> ShippedAt { get; init => field = value.Map(PlainText.Clean); }

    public Optional<string> Notes { get; init => field = value.Map(PlainText.CleanOrNull); }

    public Optional<string> Status { get; init => field = value.Map(PlainText.CleanAndFold); }

    /// <summary>The names of what else the caller wants to change, which can't be.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>The patch, once this is known to be valid.</summary>
    internal IssuePatch ToPatch() => new()
    {
        TicketId = TicketId,
        Items = Items.Map<IReadOnlyList<IssueItem>>(items => items?.Select(item => item!.ToItem()).ToList()),
        TrackingNumber = TrackingNumber.Map<IReadOnlyList<string>>(numbers => numbers?.Select(number => number!).ToList()),
        Picker = Picker,
        Packer = Packer,
        Palletter = Palletter,
        CustomerName = CustomerName,
        CustomerEmail = CustomerEmail,
        IssueType = IssueType,
        CustomerReachedAt = CustomerReachedAt.Map(IsoDateTime.Parse),
        ShippedAt = ShippedAt.Map(IsoDateTime.Parse),
        Notes = Notes,
        Status = Status,
    };
}

internal sealed class PatchIssueValidator : AbstractValidator<PatchIssue>
{
    public PatchIssueValidator(IssueStatuses statuses)
    {
        RuleFor(patch => patch.TicketId.Value).Line(FieldLimits.TicketId).OverridePropertyName(nameof(PatchIssue.TicketId));
        RuleFor(patch => patch.IssueType.Value).Required().Line(FieldLimits.IssueType).OverridePropertyName(nameof(PatchIssue.IssueType))
            .When(patch => patch.IssueType.IsPresent);
        RuleFor(patch => patch.Status.Value).Status(statuses).OverridePropertyName(nameof(PatchIssue.Status));

        RuleFor(patch => patch.Items.Value).List(FieldLimits.Items).OverridePropertyName(nameof(PatchIssue.Items));
        RuleForEach(patch => patch.Items.Value).NotNull().WithMessage("must not be null").SetValidator(new CreateIssueItemValidator()!)
            .OverridePropertyName(nameof(PatchIssue.Items)).When(patch => patch.Items.Value?.Count <= FieldLimits.Items);
        RuleFor(patch => patch.TrackingNumber.Value).List(FieldLimits.TrackingNumbers).OverridePropertyName(nameof(PatchIssue.TrackingNumber));
        RuleForEach(patch => patch.TrackingNumber.Value).Required().Line(FieldLimits.TrackingNumber)
            .OverridePropertyName(nameof(PatchIssue.TrackingNumber)).When(patch => patch.TrackingNumber.Value?.Count <= FieldLimits.TrackingNumbers);

        RuleFor(patch => patch.Picker.Value).Line(FieldLimits.PersonName).OverridePropertyName(nameof(PatchIssue.Picker));
        RuleFor(patch => patch.Packer.Value).Line(FieldLimits.PersonName).OverridePropertyName(nameof(PatchIssue.Packer));
        RuleFor(patch => patch.Palletter.Value).Line(FieldLimits.PersonName).OverridePropertyName(nameof(PatchIssue.Palletter));
        RuleFor(patch => patch.CustomerName.Value).Line(FieldLimits.PersonName).OverridePropertyName(nameof(PatchIssue.CustomerName));
        RuleFor(patch => patch.CustomerEmail.Value).Cascade(CascadeMode.Stop).Line(FieldLimits.Email).Email()
            .OverridePropertyName(nameof(PatchIssue.CustomerEmail));
        RuleFor(patch => patch.Notes.Value).Text(FieldLimits.Notes).OverridePropertyName(nameof(PatchIssue.Notes));
        RuleFor(patch => patch.CustomerReachedAt.Value).DateTime().OverridePropertyName(nameof(PatchIssue.CustomerReachedAt));
        RuleFor(patch => patch.ShippedAt.Value).DateTime().OverridePropertyName(nameof(PatchIssue.ShippedAt));

        RuleForEach(patch => patch.Others).Custom((name, context) =>
            context.AddFailure(new ValidationFailure(FailureException.AsSent + name, "isn't a field that can be changed here")));
    }
}

internal sealed class PatchIssueHandler(IssueEditor editor, IssueStatuses statuses, TimeProvider time) : IRequestHandler<PatchIssue, OrderIssue>
{
    public Task<OrderIssue> Handle(PatchIssue request, CancellationToken cancellationToken)
    {
        var patch = request.ToPatch();
        return editor.ChangeAsync(
            request.IssueId,
            request.ExpectedStates,
            issue => issue.NeedsTicket && patch.TicketId is { IsPresent: true, Value: null }
                ? throw new FailureException(FailureCode.ValidationFailed, "The issue needs its ticket.")
                {
                    Errors = [new ValidationFailure(nameof(PatchIssue.TicketId), CreateIssueValidator.TicketIdIsRequired)],
                }
                : issue.Patch(patch, statuses, time.GetUtcNow()),
            cancellationToken);
    }
}
