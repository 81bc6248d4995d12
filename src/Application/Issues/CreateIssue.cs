using OrderIssues.Application.Issues.Merging;
using OrderIssues.Domain;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Issues;

/// <summary>Reports a new issue.</summary>
/// <remarks>Properties hold the caller's values, cleaned but not yet valid.</remarks>
public sealed record CreateIssue : IRequest<ReportedIssue>
{
    /// <summary>Id that makes retries safe; null for a new one.</summary>
    public EntityId? Id { get; init; }

    /// <summary>True where possible duplicates are looked for.</summary>
    public bool FindsDuplicates { get; init; }

    public string? OrderId { get; init => field = PlainText.CleanIdentifier(value); }

    public string? Source { get; init => field = PlainText.CleanAndFold(value); }

    public string? Channel { get; init => field = PlainText.CleanAndFoldOrNull(value); }

    public string? TicketId { get; init => field = PlainText.CleanIdentifierOrNull(value); }

    public string? IssueType { get; init => field = PlainText.Clean(value); }

    public string? Status { get; init => field = PlainText.CleanAndFoldOrNull(value); }

    public IReadOnlyList<CreateIssueItem?>? Items { get; init; }

    public IReadOnlyList<string?>? TrackingNumber { get; init => field = value?.Select(PlainText.CleanIdentifier).ToList(); }

    public string? Picker { get; init => field = PlainText.CleanOrNull(value); }

    public string? Packer { get; init => field = PlainText.CleanOrNull(value); }

    public string? Palletter { get; init => field = PlainText.CleanOrNull(value); }

    public string? CustomerName { get; init => field = PlainText.CleanOrNull(value); }

    public string? CustomerEmail { get; init => field = PlainText.CleanIdentifierOrNull(value); }

    public string? Notes { get; init => field = PlainText.CleanOrNull(value); }

    public string? CreatedBy { get; init => field = PlainText.CleanOrNull(value); }

    /// <summary>ISO 8601 time.</summary>
    public string? CustomerReachedAt { get; init => field = PlainText.CleanOrNull(value); }

    /// <summary>ISO 8601 time.</summary>
    public string? ShippedAt { get; init => field = PlainText.CleanOrNull(value); }

    public string? Assignee { get; init => field = PlainText.CleanOrNull(value); }

    public IReadOnlyList<string?>? Tags { get; init => field = PlainText.CleanAndFoldAll(value); }

    public string? Priority { get; init => field = Priorities.Of(PlainText.CleanAndFoldOrNull(value)); }

    /// <summary>ISO 8601 time; null for none, absent for the default of the type.</summary>
    public Optional<string> DueAt { get; init => field = value.Value?.Trim() is "" ? default : value.Map(PlainText.Clean); }

    public string? Fault { get; init => field = PlainText.CleanAndFoldOrNull(value); }

    public IssueCost? Cost { get; init; }

    /// <summary>Makes the details of a valid request.</summary>
    /// <param name="types">Configured types.</param>
    /// <param name="now">Time of the report.</param>
    /// <exception cref="BrokenRuleException">The cost lacks a part.</exception>
    internal IssueDetails ToDetails(IssueTypes types, DateTimeOffset now) => new()
    {
        OrderId = OrderId!,
        Source = Source,
        Channel = Channel,
        TicketId = TicketId,
        IssueType = types.Meant(IssueType) ?? IssueType,
        Status = Status,
        Items = [.. (Items ?? []).Select(item => item!.ToItem())],
        TrackingNumber = [.. (TrackingNumber ?? []).Select(number => number!)],
        Picker = Picker,
        Packer = Packer,
        Palletter = Palletter,
        CustomerName = CustomerName,
        CustomerEmail = CustomerEmail,
        Notes = Notes,
        CreatedBy = CreatedBy,
        CustomerReachedAt = IsoDateTime.Parse(CustomerReachedAt),
        ShippedAt = IsoDateTime.Parse(ShippedAt),
        Assignee = Assignee,
        Tags = [.. (Tags ?? []).Select(tag => tag!)],
        Priority = Priority,
        DueAt = DueAt.IsPresent ? IsoDateTime.Parse(DueAt.Value) : types.DueAt(IssueType, now),
        Fault = Fault,
        Cost = Cost?.ToPatch().AppliedTo(null),
    };
}

internal sealed class CreateIssueValidator : AbstractValidator<CreateIssue>
{
    public CreateIssueValidator(IssueStatuses statuses, IssueTypes types)
    {
        RuleFor(issue => issue.OrderId).Required().SingleLine(IssueField.OrderId)
            .Must(orderId => orderId is not ("." or "..")).WithMessage("must not be '.' or '..', which no path can name");
        RuleFor(issue => issue.Source).Cascade(CascadeMode.Stop).Required().SingleLine(IssueField.Source)
            .Must(source => Channels.Of(source) is not null)
            .WithMessage($"must be one of {string.Join(", ", Channels.All)}, or start with one of them and '-'");
        RuleFor(issue => issue.Channel)
            .Must(channel => channel is null || Channels.All.Contains(channel))
            .WithMessage($"must be one of {string.Join(", ", Channels.All)}");
        RuleFor(issue => issue.TicketId).SingleLine(IssueField.TicketId);
        RuleFor(issue => issue.TicketId).Required().WithMessage(Channels.TicketRule)
            .When(issue => Channels.NeedsTicket(issue.Channel, issue.Source));
        RuleFor(issue => issue.IssueType).Cascade(CascadeMode.Stop).IssueType(types);
        RuleFor(issue => issue.Status).Status(statuses);
        RuleFor(issue => issue.Items).MaxCount(FieldLimits.Items);
        RuleForEach(issue => issue.Items).Item().When(issue => issue.Items?.Count <= FieldLimits.Items);
        RuleFor(issue => issue.TrackingNumber).MaxCount(FieldLimits.TrackingNumbers);
        RuleForEach(issue => issue.TrackingNumber).Required().SingleLine(IssueField.TrackingNumber)
            .When(issue => issue.TrackingNumber?.Count <= FieldLimits.TrackingNumbers);
        RuleFor(issue => issue.Picker).SingleLine(IssueField.Picker);
        RuleFor(issue => issue.Packer).SingleLine(IssueField.Packer);
        RuleFor(issue => issue.Palletter).SingleLine(IssueField.Palletter);
        RuleFor(issue => issue.CreatedBy).SingleLine(IssueField.CreatedBy);
        RuleFor(issue => issue.CustomerName).SingleLine(IssueField.CustomerName);
        RuleFor(issue => issue.CustomerEmail).Cascade(CascadeMode.Stop).SingleLine(IssueField.CustomerEmail).Email();
        RuleFor(issue => issue.Notes).MultilineText(FieldLimits.Notes);
        RuleFor(issue => issue.CustomerReachedAt).DateTime();
        RuleFor(issue => issue.ShippedAt).DateTime();
        RuleFor(issue => issue.Assignee).SingleLine(IssueField.Assignee);
        RuleFor(issue => issue.Tags).MaxCount(FieldLimits.Tags);
        RuleForEach(issue => issue.Tags).Tag().When(issue => issue.Tags?.Count <= FieldLimits.Tags);
        RuleFor(issue => issue.Priority).OneOf(Priorities.All);
        RuleFor(issue => issue.DueAt.Value).DateTime().OverridePropertyName(nameof(CreateIssue.DueAt));
        RuleFor(issue => issue.Fault).OneOf(Faults.All);
        RuleFor(issue => issue.Cost).Cost();
        RuleFor(issue => issue.Cost).Must(cost => cost is null or { Amount.Value: not null, Currency.Value: not null })
            .WithMessage(CostPatch.Rule);
    }
}

internal sealed class CreateIssueHandler(IssueCreator creator, DuplicateFinder duplicates) : IRequestHandler<CreateIssue, ReportedIssue>
{
    public async Task<ReportedIssue> Handle(CreateIssue request, CancellationToken cancellationToken)
    {
        var (issue, isNew) = await creator.CreateAsync(request, cancellationToken);
        return new(issue, isNew)
        {
            PossibleDuplicates = request.FindsDuplicates ? await duplicates.FindAsync(issue, cancellationToken) : [],
        };
    }
}

/// <summary>Issue of a report.</summary>
/// <param name="Issue">Issue as a later read gives it; the present one where there was one.</param>
/// <param name="IsNew">True for the request that wrote it.</param>
public sealed record ReportedIssue(OrderIssue Issue, bool IsNew)
{
    /// <summary>Numbers of issues of the order that may be about the same, the newest first.</summary>
    public IReadOnlyList<string> PossibleDuplicates { get; init; } = [];
}

/// <summary>Opens issues and adds them to the store.</summary>
internal sealed class IssueCreator(
    IOrderIssueStore store, IssueStatuses statuses, IssueTypes types, ICaller caller, TimeProvider time)
{
    /// <summary>Creates the issue of a valid request, once for each id.</summary>
    public async Task<AddedIssue> CreateAsync(CreateIssue request, CancellationToken cancellationToken)
    {
        if (request.Id is { } given && await store.FindAsync(given, cancellationToken) is { } present)
        {
            return new AddedIssue(present, IsNew: false);
        }

        var now = time.GetUtcNow();
        var issue = OrderIssue.Open(request.ToDetails(types, now), statuses, now, request.Id);
        var added = await store.AddAsync(issue with { Caller = caller.Name }, cancellationToken);
        if (added.IsNew)
        {
            IssueCounts.CountCreated(added.Issue);
        }

        return added;
    }
}
