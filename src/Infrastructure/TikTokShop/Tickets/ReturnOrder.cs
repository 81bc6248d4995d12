using System.Text.Json.Serialization;
using OrderIssues.Domain.Tickets;
using OrderIssues.Infrastructure.TikTokShop.Answers;
using OrderIssues.Infrastructure.TikTokShop.Calls;

namespace OrderIssues.Infrastructure.TikTokShop.Tickets;

/// <summary>A request for a return, a refund or both (https://partner.tiktokshop.com/docv2/page/search-returns-202309).</summary>
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
        var answer = await client.AskAsync<Answer>(TikTokShopCall.Search("/return_refund/202309/returns/search", Id.Parameter, id), Id, cancellationToken);
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
