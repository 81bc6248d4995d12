using System.Text.RegularExpressions;
using OrderIssues.Infrastructure.TicketSystems;
using OrderIssues.Infrastructure.TikTokShop.Calls;
using OrderIssues.Infrastructure.TikTokShop.Tickets;

namespace OrderIssues.Infrastructure.TikTokShop;

/// <summary>Looks up records in place of tickets.</summary>
/// <remarks>Digits are a return or refund, else a cancellation; other ids begin with <c>conversation:</c> or <c>order:</c>.</remarks>
internal sealed partial class TikTokShopTicketSystem(
    TikTokShopClient client, [FromKeyedServices(Channels.TikTok)] TicketCache cache) : ITicketSystem
{
    public string Name => Channels.TikTok;

    public Task<Ticket?> FindAsync(string ticketId, CancellationToken cancellationToken) =>
        Form().Match(ticketId) is { Success: true } match
            ? cache.FindAsync(ticketId, token => LookUpAsync(ticketId, match, token), cancellationToken) : Task.FromResult<Ticket?>(null);

    private async Task<Ticket?> LookUpAsync(string ticketId, Match match, CancellationToken cancellationToken) =>
        match.Groups["conversation"] is { Success: true } conversation
            ? await ConversationMessage.FindAsync(client, ticketId, conversation.Value, cancellationToken)
            : match.Groups["order"] is { Success: true } order
            ? await Order.FindAsync(client, ticketId, order.Value, cancellationToken)
            : await ReturnOrder.FindAsync(client, ticketId, cancellationToken)
                ?? await Cancellation.FindAsync(client, ticketId, cancellationToken);

    /// <summary>Path-safe ids; today's have 18 or 19 digits.</summary>
    [GeneratedRegex(
        @"\A([0-9]{1,30}|conversation:(?<conversation>[A-Za-z0-9_-]{1,64})|order:(?<order>[0-9]{1,30}))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
