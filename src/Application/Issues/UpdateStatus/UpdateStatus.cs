using MediatR;
using OrderIssues.Application.Common.Input;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Issues.UpdateStatus;

/// <summary>Gives an issue of an order another status.</summary>
public sealed record UpdateStatus : IRequest<OrderIssue>
{
    public required string OrderId { get; init; }

    /// <summary>Which issue of the order; null: its newest.</summary>
    public string? IssueId { get; init; }

    /// <summary>The states of which the issue must be in one; null: any.</summary>
    public IReadOnlyList<string>? IfMatch { get; init; }

    public string? Status { get; init => field = PlainText.CleanAndFold(value); }

    /// <summary>Who does it, as the caller claims.</summary>
    public string? By { get; init => field = PlainText.CleanOrNone(value); }
}
