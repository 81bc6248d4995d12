namespace OrderIssues.Domain.Tickets;

/// <summary>System that keeps customers' tickets.</summary>
/// <remarks>
/// Failures have codes of their own: <c>ticket_source_failed</c>, <c>ticket_source_unavailable</c>, <c>ticket_source_timeout</c>,
/// and <c>ticket_not_found</c> for a ticket that the system doesn't show to this service.
/// </remarks>
public interface ITicketSystem
{
    /// <summary>Name that callers use: <c>freshdesk</c> or <c>tiktok</c>.</summary>
    string Name { get; }

    /// <summary>Looks a ticket up; null for none.</summary>
    Task<Ticket?> FindAsync(string ticketId, CancellationToken cancellationToken);
}
