namespace OrderIssues.Domain.Tickets;

/// <summary>A customer's ticket, as the system that it lives in tells of it.</summary>
public sealed record Ticket
{
    public required string TicketId { get; init; }

    /// <summary>The id as a number, where the system has such.</summary>
    public long? Id { get; init; }

    public string? Subject { get; init; }

    public long? ProductId { get; init; }

    /// <summary>The status as a number, where the system has such.</summary>
    public int? Status { get; init; }

    public string? StatusText { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string? Type { get; init; }

    public int? Priority { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public string? RequesterName { get; init; }

    public string? RequesterEmail { get; init; }

    /// <summary>The order that the ticket is about, where the system tells.</summary>
    public string? OrderId { get; init; }
}
