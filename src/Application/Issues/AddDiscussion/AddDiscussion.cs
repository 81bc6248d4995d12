using MediatR;
using OrderIssues.Application.Common.Input;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Issues.AddDiscussion;

/// <summary>Appends a message to the discussion of an issue of an order.</summary>
public sealed record AddDiscussion : IRequest<OrderIssue>
{
    public required string OrderId { get; init; }

    /// <summary>Which issue of the order; null: its newest.</summary>
    public string? IssueId { get; init; }

    /// <summary>The id of the message. If the order has a message of that id already, it was added before and isn't again. Null: it has none.</summary>
    public ObjectId? MessageId { get; init; }

    /// <summary>The states of which the issue must be in one; null: any.</summary>
    public IReadOnlyList<string>? IfMatch { get; init; }

    /// <summary>Who says it, as the caller claims.</summary>
    public string? Username { get; init => field = PlainText.Clean(value); }

    /// <summary>The other name that callers know for <see cref="Username"/>, which comes first where both are there.</summary>
    public string? UserNameAsStored { get; init => field = PlainText.Clean(value); }

    public string? Message { get; init => field = PlainText.Clean(value); }
}
