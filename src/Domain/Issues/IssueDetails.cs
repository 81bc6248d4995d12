namespace OrderIssues.Domain.Issues;

/// <summary>Details of an issue as they are reported.</summary>
public record IssueDetails
{
    public required string OrderId { get; init; }

    /// <summary>Id of the ticket in its system.</summary>
    public string? TicketId { get; init; }

    /// <summary>Channel (<see cref="Channels.All"/>).</summary>
    public string? Channel { get; init; }

    /// <summary>Channel, or a name that starts with it.</summary>
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

    /// <summary>Time when the customer first reached out.</summary>
    public DateTimeOffset? CustomerReachedAt { get; init; }

    public DateTimeOffset? ShippedAt { get; init; }

    public string? Notes { get; init; }

    public string? CreatedBy { get; init; }

    /// <summary>Person who works on it.</summary>
    public string? Assignee { get; init; }

    /// <summary>Tags in lower case, each once.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Priority (<see cref="Priorities.All"/>); null for the normal one.</summary>
    public string? Priority { get; init; }

    /// <summary>Time by which it should be resolved; null for none.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Party whose fault it is (<see cref="Faults.All"/>).</summary>
    public string? Fault { get; init; }

    public Cost? Cost { get; init; }

    /// <summary>True for an issue of that ticket.</summary>
    public bool IsOfTicket(string system, string ticketId) => TicketId == ticketId && Channels.TicketSystemOf(Channel, Source) == system;
}
