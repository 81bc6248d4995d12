using System.Text.Json.Serialization;
using OrderIssues.Infrastructure.TikTokShop.Calls;

namespace OrderIssues.Infrastructure.TikTokShop.Tickets;

/// <summary>Request for a return, a refund or both (https://partner.tiktokshop.com/docv2/page/search-returns-202309).</summary>
internal sealed record ReturnOrder
{
    private static readonly RequestedId Id = new("return_ids", "return");

    public string? ReturnId { get; init; }
    public string? OrderId { get; init; }
    public string? ReturnType { get; init; }
    public string? ReturnStatus { get; init; }
    public string? ReturnReasonText { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? CreateTime { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? UpdateTime { get; init; }

    public static async Task<Ticket?> FindAsync(TikTokShopClient client, string id, CancellationToken cancellationToken)
    {
        var call = TikTokShopCall.Search("/return_refund/202309/returns/search", Id, id);
        var answer = await client.AskAsync<Answer>(call, cancellationToken);
        return answer?.ReturnOrders?.FirstOrDefault(found => found?.ReturnId == id)?.ToTicket(id);
    }

    private Ticket ToTicket(string id) => new()
    {
        TicketId = id,
        Subject = Wording.Subject(Kind, OrderId, ReturnReasonText),
        StatusText = Wording.Of(ReturnStatus),
        Type = Wording.Of(ReturnType),
        CreatedAt = CreateTime,
        UpdatedAt = UpdateTime,
        OrderId = Wording.TextOrNull(OrderId),
    };

    private string Kind => ReturnType switch
    {
        "REFUND" => "Refund request",
        "RETURN_AND_REFUND" => "Return and refund request",
        "REPLACEMENT" => "Replacement request",
        _ => "Return or refund request",
    };

    private sealed record Answer(IReadOnlyList<ReturnOrder?>? ReturnOrders);
}
