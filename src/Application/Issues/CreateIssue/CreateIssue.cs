using MediatR;
using OrderIssues.Application.Common.Input;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Additions;

namespace OrderIssues.Application.Issues.CreateIssue;

/// <summary>Takes a new issue in. The properties hold what the caller said, cleaned but not yet known to be valid.</summary>
public sealed record CreateIssue : IRequest<AddedIssue>
{
    /// <summary>The id of the new issue. If there is an issue of that id already, it was taken in before and isn't again. Null: a new one.</summary>
    public ObjectId? Id { get; init; }

    public string? OrderId { get; init => field = PlainText.Clean(value); }

    public string? Source { get; init => field = PlainText.CleanAndFold(value); }

    public string? Channel { get; init => field = PlainText.CleanAndFold(value); }

    public string? TicketId { get; init => field = PlainText.CleanOrNone(value); }

    public string? IssueType { get; init => field = PlainText.Clean(value); }

    public string? Status { get; init => field = PlainText.CleanAndFold(value); }

    public IReadOnlyList<CreateIssueItem?>? Items { get; init; }

    public IReadOnlyList<string?>? TrackingNumber { get; init => field = value?.Select(PlainText.Clean).ToList(); }

    public string? Picker { get; init => field = PlainText.CleanOrNone(value); }

    public string? Packer { get; init => field = PlainText.CleanOrNone(value); }

    public string? Palletter { get; init => field = PlainText.CleanOrNone(value); }

    public string? CustomerName { get; init => field = PlainText.CleanOrNone(value); }

    public string? CustomerEmail { get; init => field = PlainText.Clean(value); }

    public string? Notes { get; init => field = PlainText.CleanOrNone(value); }

    public string? CreatedBy { get; init => field = PlainText.CleanOrNone(value); }

    /// <summary>ISO 8601.</summary>
    public string? CustomerReachedAt { get; init => field = PlainText.Clean(value); }

    /// <summary>ISO 8601.</summary>
    public string? ShippedAt { get; init => field = PlainText.Clean(value); }
}
