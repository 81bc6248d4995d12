using System.Text.Json.Serialization;
using OrderIssues.Infrastructure.TikTokShop.Calls;

namespace OrderIssues.Infrastructure.TikTokShop.Tickets;

/// <summary>Order (https://partner.tiktokshop.com/docv2/page/get-order-detail-202309).</summary>
internal sealed record Order
{
    private static readonly RequestedId OrderId = new("ids", "order");

    public string? Id { get; init; }
    public string? Status { get; init; }
    public string? BuyerMessage { get; init; }

    /// <summary>TikTok's address that forwards to the buyer.</summary>
    public string? BuyerEmail { get; init; }

    public Address? RecipientAddress { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? CreateTime { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? UpdateTime { get; init; }

    public static async Task<Ticket?> FindAsync(TikTokShopClient client, string ticketId, string id, CancellationToken cancellationToken)
    {
        var call = TikTokShopCall.Get("/order/202309/orders", OrderId, OrderId.Parameter, id);
        var answer = await client.AskAsync<Answer>(call, cancellationToken);
        return answer?.Orders?.FirstOrDefault(found => found?.Id == id)?.ToTicket(ticketId);
    }

    private Ticket ToTicket(string ticketId) => new()
    {
        TicketId = ticketId,
        Subject = Wording.Subject($"Order {Id}", orderId: null, BuyerMessage),
        StatusText = Wording.Of(Status),
        CreatedAt = CreateTime,
        UpdatedAt = UpdateTime,
        RequesterName = Wording.TextOrNull(RecipientAddress?.Name),
        RequesterEmail = Wording.TextOrNull(BuyerEmail),
        OrderId = Id,
    };

    /// <summary>Recipient, masked for parcels that TikTok ships.</summary>
    internal sealed record Address(string? Name);

    private sealed record Answer(IReadOnlyList<Order?>? Orders);
}
