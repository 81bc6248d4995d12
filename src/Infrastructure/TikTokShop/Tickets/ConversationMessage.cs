using System.Text.Json.Serialization;
using OrderIssues.Infrastructure.TikTokShop.Calls;

namespace OrderIssues.Infrastructure.TikTokShop.Tickets;

/// <summary>Message of a conversation with a buyer (https://partner.tiktokshop.com/docv2/page/get-conversation-messages-202309).</summary>
/// <remarks>A conversation never ends, so that only its last ten messages count.</remarks>
internal sealed record ConversationMessage
{
    private const string PageSize = "10";
    private static readonly RequestedId Conversation = new("conversation_id", "conversation");

    public string? Type { get; init; }

    /// <summary>JSON whose form depends on the type.</summary>
    public string? Content { get; init; }

    public Person? Sender { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? CreateTime { get; init; }

    public static async Task<Ticket?> FindAsync(TikTokShopClient client, string ticketId, string id, CancellationToken cancellationToken)
    {
        var call = TikTokShopCall.Get($"/customer_service/202309/conversations/{id}/messages", Conversation, "page_size", PageSize);
        var answer = await client.AskAsync<Answer>(call, cancellationToken);
        var messages = (answer?.Messages ?? []).OfType<ConversationMessage>().OrderByDescending(message => message.CreateTime);
        return answer is null ? null : ToTicket(ticketId, [.. messages]);
    }

    /// <summary>Converts messages, the newest first.</summary>
    private static Ticket ToTicket(string ticketId, IReadOnlyList<ConversationMessage> messages)
    {
        var orderId = messages.Select(message => message.OrderId()).FirstOrDefault(order => order is not null);
        var buyer = messages.Select(message => message.Sender).FirstOrDefault(sender => sender?.Role == "BUYER");
        return new Ticket
        {
            TicketId = ticketId,
            Subject = Wording.Subject("Conversation", orderId, said: null),
            CreatedAt = messages.LastOrDefault(message => message.CreateTime is not null)?.CreateTime,
            UpdatedAt = messages.Select(message => message.CreateTime).FirstOrDefault(),
            RequesterName = Wording.TextOrNull(buyer?.Nickname),
            OrderId = orderId,
        };
    }

    private string? OrderId()
    {
        try
        {
            return Type == "ORDER_CARD" && Content is not null
                ? Wording.TextOrNull(JsonSerializer.Deserialize<OrderCard>(Content)?.OrderId) : null;
        }
        catch (JsonException)
        {
            // A conversation is useful without its order, too.
            return null;
        }
    }

    internal sealed record Person(string? Role, string? Nickname);

    private sealed record OrderCard([property: JsonPropertyName("order_id")] string? OrderId);

    private sealed record Answer(IReadOnlyList<ConversationMessage?>? Messages);
}
