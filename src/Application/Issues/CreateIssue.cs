namespace OrderIssues.Application.Issues;

/// <summary>Takes a new issue in. The properties hold what the caller said, cleaned but not yet known to be valid.</summary>
public sealed record CreateIssue : IRequest<AddedIssue>
{
    /// <summary>The id of the new issue. If there is an issue of that id already, it was taken in before and isn't again. Null: a new one.</summary>
    public EntityId? Id { get; init; }

    public string? OrderId { get; init => field = PlainText.Clean(value); }

    public string? Source { get; init => field = PlainText.CleanAndFold(value); }

    public string? Channel { get; init => field = PlainText.CleanAndFold(value); }

    public string? TicketId { get; init => field = PlainText.CleanOrNull(value); }

    public string? IssueType { get; init => field = PlainText.Clean(value); }

    public string? Status { get; init => field = PlainText.CleanAndFold(value); }

    public IReadOnlyList<CreateIssueItem?>? Items { get; init; }

    public IReadOnlyList<string?>? TrackingNumber { get; init => field = value?.Select(PlainText.Clean).ToList(); }

    public string? Picker { get; init => field = PlainText.CleanOrNull(value); }

    public string? Packer { get; init => field = PlainText.CleanOrNull(value); }

    public string? Palletter { get; init => field = PlainText.CleanOrNull(value); }

    public string? CustomerName { get; init => field = PlainText.CleanOrNull(value); }

    public string? CustomerEmail { get; init => field = PlainText.Clean(value); }

    public string? Notes { get; init => field = PlainText.CleanOrNull(value); }

    public string? CreatedBy { get; init => field = PlainText.CleanOrNull(value); }

    /// <summary>ISO 8601.</summary>
    public string? CustomerReachedAt { get; init => field = PlainText.Clean(value); }

    /// <summary>ISO 8601.</summary>
    public string? ShippedAt { get; init => field = PlainText.Clean(value); }
}

public sealed record CreateIssueItem
{
    public string? Sku { get; init => field = PlainText.Clean(value); }

    /// <summary>Any JSON number, so that one that isn't a quantity is told apart from a missing one; NaN for a text that isn't a number.</summary>
    public double? Qty { get; init; }

    /// <summary>The item, once this is known to be valid.</summary>
    internal IssueItem ToItem() => new(Sku!, (int)Qty!.Value);
}

internal sealed class CreateIssueValidator : AbstractValidator<CreateIssue>
{
    public const string TicketIdIsRequired = "is required when source or channel is freshdesk or tiktok";

    public CreateIssueValidator(IssueStatuses statuses)
    {
        RuleFor(issue => issue.OrderId).Required().Line(FieldLimits.OrderId)
            .Must(orderId => orderId is not ("." or "..")).WithMessage("must not be '.' or '..', which no path can name");
        RuleFor(issue => issue.Source).Cascade(CascadeMode.Stop).Required().Line(FieldLimits.Source)
            .Must(source => Channels.Of(source) is not null)
            .WithMessage($"must be one of {string.Join(", ", Channels.All)}, or start with one of them and '-'");
        RuleFor(issue => issue.Channel)
            .Must(channel => channel is null || Channels.All.Contains(channel))
            .WithMessage($"must be one of {string.Join(", ", Channels.All)}");
        RuleFor(issue => issue.TicketId).Line(FieldLimits.TicketId);
        RuleFor(issue => issue.TicketId).Required().WithMessage(TicketIdIsRequired)
            .When(issue => Channels.NeedsTicket(issue.Channel, issue.Source));
        RuleFor(issue => issue.IssueType).Required().Line(FieldLimits.IssueType);
        RuleFor(issue => issue.Status).Status(statuses);

        RuleFor(issue => issue.Items).List(FieldLimits.Items);
        RuleForEach(issue => issue.Items).NotNull().WithMessage("must not be null").SetValidator(new CreateIssueItemValidator()!)
            .When(issue => issue.Items?.Count <= FieldLimits.Items);
        RuleFor(issue => issue.TrackingNumber).List(FieldLimits.TrackingNumbers);
        RuleForEach(issue => issue.TrackingNumber).Required().Line(FieldLimits.TrackingNumber)
            .When(issue => issue.TrackingNumber?.Count <= FieldLimits.TrackingNumbers);

        RuleFor(issue => issue.Picker).Line(FieldLimits.PersonName);
        RuleFor(issue => issue.Packer).Line(FieldLimits.PersonName);
        RuleFor(issue => issue.Palletter).Line(FieldLimits.PersonName);
        RuleFor(issue => issue.CreatedBy).Line(FieldLimits.PersonName);
        RuleFor(issue => issue.CustomerName).Line(FieldLimits.PersonName);
        RuleFor(issue => issue.CustomerEmail).Cascade(CascadeMode.Stop).Line(FieldLimits.Email).Email();
        RuleFor(issue => issue.Notes).Text(FieldLimits.Notes);
        RuleFor(issue => issue.CustomerReachedAt).DateTime();
        RuleFor(issue => issue.ShippedAt).DateTime();
    }
}

internal sealed class CreateIssueItemValidator : AbstractValidator<CreateIssueItem>
{
    public CreateIssueItemValidator()
    {
        RuleFor(item => item.Sku).Required().Line(FieldLimits.Sku);
        RuleFor(item => item.Qty)
            .Must(qty => qty is >= 1 and <= FieldLimits.Qty && double.IsInteger(qty.Value))
            .WithMessage("must be an integer from 1 to 1,000,000");
    }
}

internal sealed class CreateIssueHandler(IOrderIssueStore store, IssueStatuses statuses, ICaller caller, TimeProvider time)
    : IRequestHandler<CreateIssue, AddedIssue>
{
    public async Task<AddedIssue> Handle(CreateIssue request, CancellationToken cancellationToken) =>
        request.Id is { } id && await store.FindAsync(id, cancellationToken) is { } present
            ? new AddedIssue(present, IsNew: false)
            : await store.AddAsync(
                OrderIssue.Open(DetailsOf(request), statuses, time.GetUtcNow(), request.Id) with { Caller = caller.Name }, cancellationToken);

    private static IssueDetails DetailsOf(CreateIssue request) => new()
    {
        OrderId = request.OrderId!,
        Source = request.Source,
        Channel = request.Channel,
        TicketId = request.TicketId,
        IssueType = request.IssueType,
        Status = request.Status,
        Items = [.. (request.Items ?? []).Select(item => item!.ToItem())],
        TrackingNumber = [.. (request.TrackingNumber ?? []).Select(number => number!)],
        Picker = request.Picker,
        Packer = request.Packer,
        Palletter = request.Palletter,
        CustomerName = request.CustomerName,
        CustomerEmail = request.CustomerEmail,
        Notes = request.Notes,
        CreatedBy = request.CreatedBy,
        CustomerReachedAt = IsoDateTime.Parse(request.CustomerReachedAt),
        ShippedAt = IsoDateTime.Parse(request.ShippedAt),
    };
}
