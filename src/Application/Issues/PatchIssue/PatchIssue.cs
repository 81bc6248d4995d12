using MediatR;
using OrderIssues.Application.Common.Input;
using OrderIssues.Application.Issues.CreateIssue;
using OrderIssues.Domain;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Issues.PatchIssue;

/// <summary>
/// Gives fields of an issue other values (RFC 7396). What isn't present stays; what is present as null is removed. The properties hold what the caller
/// said, cleaned but not yet known to be valid.
/// </summary>
public sealed record PatchIssue : IRequest<OrderIssue>
{
    public required string IssueId { get; init; }

    /// <summary>The states of which the issue must be in one; null: any.</summary>
    public IReadOnlyList<string>? IfMatch { get; init; }

    public Optional<string> TicketId { get; init => field = value.Map(PlainText.CleanOrNone); }

    public Optional<IReadOnlyList<CreateIssueItem?>> Items { get; init; }

    public Optional<IReadOnlyList<string?>> TrackingNumber { get; init => field = value.Map<IReadOnlyList<string?>>(list => list?.Select(PlainText.Clean).ToList()); }

    public Optional<string> Picker { get; init => field = value.Map(PlainText.CleanOrNone); }

    public Optional<string> Packer { get; init => field = value.Map(PlainText.CleanOrNone); }

    public Optional<string> Palletter { get; init => field = value.Map(PlainText.CleanOrNone); }

    public Optional<string> CustomerName { get; init => field = value.Map(PlainText.CleanOrNone); }

    public Optional<string> CustomerEmail { get; init => field = value.Map(PlainText.Clean); }

    public Optional<string> IssueType { get; init => field = value.Map(PlainText.Clean); }

    /// <summary>ISO 8601.</summary>
    public Optional<string> CustomerReachedAt { get; init => field = value.Map(PlainText.Clean); }

    /// <summary>ISO 8601.</summary>
    public Optional<string> ShippedAt { get; init => field = value.Map(PlainText.Clean); }

    public Optional<string> Notes { get; init => field = value.Map(PlainText.CleanOrNone); }

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
