using System.Text.Json;

namespace OrderIssues.WebApi.FunctionalTests.Fakes;

/// <summary>What <see cref="FakeTikTokShop"/> has when it starts, with more keys than anybody reads.</summary>
internal static class TikTokShopSamples
{
    public const string ReturnId = "4035227007035376242";
    public const string CancelId = "4035227007035379911";
    public const string OrderId = "576653688135258178";
    public const string ConversationId = "7380066284010030890";

    public const string Return =
        $$"""
        {"return_id":"{{ReturnId}}","order_id":"{{OrderId}}","role":"BUYER","return_type":"RETURN_AND_REFUND",
        "return_status":"RETURN_OR_REFUND_REQUEST_PENDING","return_reason":"ecom_order_delivered_refund_and_return_reason_damaged",
        "return_reason_text":"Item arrived damaged","create_time":1763591788,"update_time":1763622725,"shipment_type":"PLATFORM",
        "handover_method":"DROP_OFF","can_buyer_keep_item":false,"is_combined_return":false,"combined_return_id":null,
        "refund_amount":{"currency":"USD","refund_total":"21.50","refund_subtotal":"18.00","refund_shipping_fee":"3.50","refund_tax":"0"},
        "return_line_items":[{"return_line_item_id":"4035227007035441778","order_line_item_id":"576653688135323714","sku_id":"1729587769570529799",
        "seller_sku":"MUG-BLUE-2","product_name":"Mug","refund_amount":{"currency":"USD","refund_total":"21.50"} }],
        "seller_next_action_response":[{"action":"SELLER_RESPOND_REFUND","deadline":1763764588}]}
        """;

    public const string Cancellation =
        $$"""
        {"cancel_id":"{{CancelId}}","order_id":"{{OrderId}}","role":"BUYER","cancel_type":"BUYER_CANCEL",
        "cancel_status":"CANCELLATION_REQUEST_PENDING","cancel_reason":"ecom_order_to_ship_canceled_reason_no_longer_needed",
        "cancel_reason_text":"No longer needed","create_time":1763591788,"update_time":1763622725,
        "refund_amount":{"currency":"USD","refund_total":"21.50"},"cancel_line_items":[{"cancel_line_item_id":"4035227007035445001","seller_sku":"MUG-BLUE-2"}],
        "seller_next_action_response":[{"action":"SELLER_RESPOND_CANCEL","deadline":1763764588}]}
        """;

    public const string Order =
        $$"""
        {"id":"{{OrderId}}","status":"AWAITING_SHIPMENT","create_time":1763590000,"update_time":1763591788,"user_id":"7021436810468230477",
        "buyer_email":"v2b2V5@chat.seller.tiktok.com","buyer_message":"Please ring twice","fulfillment_type":"FULFILLMENT_BY_SELLER","is_cod":false,
        "payment":{"currency":"USD","total_amount":"21.50"},"recipient_address":{"name":"Josh","first_name":"Josh","last_name":"","phone_number":"(+1)213-***-1234",
        "full_address":"123 Test Street","address_line1":"123 Test Street","postal_code":"95014","region_code":"US"},
        "line_items":[{"id":"576653688135323714","seller_sku":"MUG-BLUE-2","product_name":"Mug","sku_id":"1729587769570529799"}]}
        """;

    public const string Shop =
        $$"""{"id":"7495540735365777507","name":"Mugs","region":"US","seller_type":"LOCAL","cipher":"{{FakeTikTokShop.ShopCipher}}","code":"USLCMUGS"}""";

    /// <summary>Newest first.</summary>
    public static readonly string[] Messages =
    [
        Message("TEXT", """{"content":"I am sorry about that, Josh."}""", "CUSTOMER_SERVICE", 1763622725, "Mia"),
        Message("TEXT", """{"content":"My mug arrived broken."}""", "BUYER", 1763591900),
        Message("ORDER_CARD", $"{{\"order_id\":\"{OrderId}\"}}", "BUYER", 1763591800),
        Message("TEXT", """{"content":"Hello! How can we help?"}""", "ROBOT", 1763591788, "Assistant"),
        Message("NOTIFICATION", """{"content":"The customer has entered the conversation."}""", "SYSTEM", 1763591787, ""),
    ];

    /// <param name="type">TEXT, ORDER_CARD and others.</param>
    /// <param name="content">JSON of the form that the type has, as a text; whatever else, to be hostile.</param>
    /// <param name="role">BUYER, SHOP, CUSTOMER_SERVICE, SYSTEM, ROBOT.</param>
    /// <param name="createTime">Seconds since 1970.</param>
    /// <param name="nickname">The sender's.</param>
    public static string Message(string type, string content, string role, long createTime, string nickname = "Josh") => JsonSerializer.Serialize(new
    {
        id = $"7386{createTime:D15}",
        type,
        content,
        create_time = createTime,
        is_visible = true,
        index = $"{createTime}000",
        sender = new { im_user_id = "7494560109732334263", role, nickname, avatar = "https://p16.example.com/avatar.jpeg" },
    });
}
