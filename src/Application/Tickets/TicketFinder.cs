using OrderIssues.Domain.Tickets;

namespace OrderIssues.Application.Tickets;

/// <summary>Looks tickets up in the system that keeps them.</summary>
internal sealed class TicketFinder(IEnumerable<ITicketSystem> systems)
{
    /// <exception cref="FailureException">The system isn't configured, has no such ticket, or failed.</exception>
    public async Task<Ticket> FindAsync(string systemName, string ticketId, CancellationToken cancellationToken)
    {
        var system = systems.FirstOrDefault(system => system.Name == systemName)
            ?? throw new FailureException(FailureCode.TicketSourceNotConfigured, $"Tickets of {systemName} aren't set up in this service.");
        return await system.FindAsync(ticketId, cancellationToken)
            ?? throw new FailureException(FailureCode.TicketNotFound, $"{systemName} has no ticket of this id.");
    }
}
