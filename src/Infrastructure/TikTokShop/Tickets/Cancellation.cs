using System.Text.Json.Serialization;
using OrderIssues.Infrastructure.TikTokShop.Calls;

namespace OrderIssues.Infrastructure.TikTokShop.Tickets;

/// <summary>Cancellation, or the request for one (https://partner.tiktokshop.com/docv2/page/search-cancellations-202309).</summary>
internal sealed record Cancellation
{
    private static readonly RequestedId Id = new("cancel_ids", "cancel");

    public string? CancelId { get; init; }
    public string? OrderId { get; init; }
    public string? CancelType { get; init; }
    public string? CancelStatus { get; init; }
    public string? CancelReasonText { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? CreateTime { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? UpdateTime { get; init; }

    public static async Task<Ticket?> FindAsync(TikTokShopClient client, string id, CancellationToken cancellationToken)
    {
        var call = TikTokShopCall.Search("/return_refund/202309/cancellations/search", Id, id);
        var answer = await client.AskAsync<Answer>(call, cancellationToken);
        return answer?.Cancellations?.FirstOrDefault(found => found?.CancelId == id)?.ToTicket(id);
    }

    private Ticket ToTicket(string id) => new()
    {
        TicketId = id,
        Subject = Wording.Subject(CancelType == "BUYER_CANCEL" ? "Cancellation request" : "Cancellation", OrderId, CancelReasonText),
        StatusText = Wording.Of(CancelStatus),
        Type = Wording.Of(CancelType),
        CreatedAt = CreateTime,
        UpdatedAt = UpdateTime,
        OrderId = Wording.TextOrNull(OrderId),
    };

    private sealed record Answer(IReadOnlyList<Cancellation?>? Cancellations);
}
