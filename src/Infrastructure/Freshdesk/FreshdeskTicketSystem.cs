using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.Freshdesk;

internal sealed class FreshdeskTicketSystem(
    FreshdeskClient client, FreshdeskStatusLabels labels, FreshdeskOrderIds orderIds,
    [FromKeyedServices(Channels.Freshdesk)] TicketCache cache) : ITicketSystem
{
    private const int MaxDigits = 19;

    public string Name => Channels.Freshdesk;

    public Task<Ticket?> FindAsync(string ticketId, CancellationToken cancellationToken) =>
        ticketId.Length <= MaxDigits && long.TryParse(ticketId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? cache.FindAsync(id.ToString(CultureInfo.InvariantCulture), token => LookUpAsync(id, token), cancellationToken)
            : Task.FromResult<Ticket?>(null);

    private async Task<Ticket?> LookUpAsync(long id, CancellationToken cancellationToken) =>
        await client.FindTicketAsync(id, cancellationToken) is { } ticket
            ? ticket.ToTicket() with
            {
                StatusText = await StatusTextAsync(ticket.Status, cancellationToken),
                OrderId = orderIds.Find(ticket),
            }
            : null;

    private async Task<string?> StatusTextAsync(int? status, CancellationToken cancellationToken) =>
        status is { } number
            ? FreshdeskStatus.TextOf(number, FreshdeskStatus.IsCustom(number) ? await labels.FindAsync(number, cancellationToken) : null)
            : null;
}
