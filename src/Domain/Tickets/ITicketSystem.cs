namespace OrderIssues.Domain.Tickets;

/// <summary>
/// A system that customers' tickets live in. What goes wrong on the way to it is a failure with a code of its own:
/// <c>ticket_source_failed</c>, <c>ticket_source_unavailable</c>, <c>ticket_source_timeout</c>.
/// </summary>
public interface ITicketSystem
{
    /// <summary>What callers know the system by: <c>freshdesk</c> or <c>tiktok</c>.</summary>
    string Name { get; }

    /// <summary>The ticket of that id, as the system says it is now; null when there is none, or could be none by that id.</summary>
    Task<Ticket?> FindAsync(string ticketId, CancellationToken cancellationToken);
}
