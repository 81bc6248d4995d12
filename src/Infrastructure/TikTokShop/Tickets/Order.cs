using System.Text.Json.Serialization;
using OrderIssues.Domain.Tickets;
using OrderIssues.Infrastructure.TikTokShop.Answers;
using OrderIssues.Infrastructure.TikTokShop.Calls;

namespace OrderIssues.Infrastructure.TikTokShop.Tickets;

/// <summary>An order (https://partner.tiktokshop.com/docv2/page/get-order-detail-202309).</summary>
internal sealed record Order
{
    private static readonly RequestedId OrderId = new("ids", "order");

    public string? Id { get; init; }
    public string? Status { get; init; }

    /// <summary>What the buyer wrote when ordering.</summary>
    public string? BuyerMessage { get; init; }

    /// <summary>An address of TikTok's that passes mail on.</summary>
    public string? BuyerEmail { get; init; }

    public Address? RecipientAddress { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? CreateTime { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? UpdateTime { get; init; }

    public static async Task<Ticket?> FindAsync(TikTokShopClient client, string ticketId, string id, CancellationToken cancellationToken)
    {
        var answer = await client.AskAsync<Answer>(TikTokShopCall.Get("/order/202309/orders", OrderId.Parameter, id), OrderId, cancellationToken);
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

    /// <summary>Whom it goes to; TikTok masks the name where it ships the parcel itself.</summary>
    internal sealed record Address(string? Name);

    private sealed record Answer(IReadOnlyList<Order?>? Orders);
}
