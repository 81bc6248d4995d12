namespace OrderIssues.Domain.Tickets;

/// <summary>Ticket of a customer.</summary>
public sealed record Ticket
{
    public required string TicketId { get; init; }

    /// <summary>Id as a number; Freshdesk only.</summary>
    public long? Id { get; init; }

    public string? Subject { get; init; }

    public long? ProductId { get; init; }

    /// <summary>Status as a number; Freshdesk only.</summary>
    public int? Status { get; init; }

    public string? StatusText { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string? Type { get; init; }

    public int? Priority { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public string? RequesterName { get; init; }

    public string? RequesterEmail { get; init; }

    /// <summary>Order of the ticket, where known.</summary>
    public string? OrderId { get; init; }

    /// <summary>True for spam; else null.</summary>
    public bool? Spam { get; init; }

    /// <summary>True for archived tickets; else null.</summary>
    public bool? Archived { get; init; }
}
