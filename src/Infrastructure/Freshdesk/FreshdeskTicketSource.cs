using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.Caching.Hybrid;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Tickets;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Freshdesk's tickets. Look-ups of one ticket at the same time share one call, and its answer serves those of the next 30 seconds.</summary>
internal sealed class FreshdeskTicketSource(FreshdeskClient client, HybridCache cache) : ITicketSource
{
    private const int MostDigits = 19;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private static readonly HybridCacheEntryOptions Caching = new()
    {
        Expiration = Fresh,
        LocalCacheExpiration = Fresh,

        // What customers wrote stays in this process.
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    public string Name => Channels.Freshdesk;

    public async Task<Ticket?> FindAsync(string ticketId, CancellationToken cancellationToken)
    {
        if (ticketId.Length > MostDigits || !long.TryParse(ticketId, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        var answer = await cache.GetOrCreateAsync(
            $"freshdesk-ticket:{id}",
            async shared => new Answer(await client.FindTicketAsync(id, shared)),
            Caching,
            cancellationToken: cancellationToken);
        return answer.Ticket;
    }

    /// <summary>What Freshdesk said: also that there is no such ticket. Immutable, so that the cache need not copy it.</summary>
    [ImmutableObject(true)]
    private sealed record Answer(Ticket? Ticket);
}
