namespace OrderIssues.Domain.Issues;

/// <summary>What whoever reports an issue says about it.</summary>
public record IssueDetails
{
    public required string OrderId { get; init; }

    /// <summary>The ticket of the system that the complaint came through.</summary>
    public string? TicketId { get; init; }

    /// <summary>One of <see cref="Channels.All"/>.</summary>
    public string? Channel { get; init; }

    /// <summary>The channel, or a more specific name that starts with it.</summary>
    public string? Source { get; init; }

    public IReadOnlyList<IssueItem> Items { get; init; } = [];

    public IReadOnlyList<string> TrackingNumber { get; init; } = [];

    public string? Picker { get; init; }

    public string? Packer { get; init; }

    public string? Palletter { get; init; }

    public string? CustomerName { get; init; }

    public string? CustomerEmail { get; init; }

    public string? IssueType { get; init; }

    public string? Status { get; init; }

    /// <summary>When the customer first reached out.</summary>
    public DateTimeOffset? CustomerReachedAt { get; init; }

    public DateTimeOffset? ShippedAt { get; init; }

    public string? Notes { get; init; }

    public string? CreatedBy { get; init; }

    /// <summary>Whether this is about that ticket of that system (<see cref="Channels.TicketSystemOf"/>).</summary>
    public bool IsOfTicket(string system, string ticketId) => TicketId == ticketId && Channels.TicketSystemOf(Channel, Source) == system;
}
