using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

/// <summary>What becomes of look-ups in TikTok Shop, however TikTok Shop and the way to it behave.</summary>
public sealed class TikTokShopTests
{
    private const string OrderTicket = $"order:{TikTokShopSamples.OrderId}";
    private const string ReturnsCall = $"POST {FakeTikTokShop.ReturnsPath}";
    private const string CancellationsCall = $"POST {FakeTikTokShop.CancellationsPath}";
    private const string OrdersCall = $"GET {FakeTikTokShop.OrdersPath}?ids={TikTokShopSamples.OrderId}";
    private const string MessagesCall = $"GET {FakeTikTokShop.MessagesPath}?page_size=10";

    private static readonly Dictionary<string, Func<HttpContext, Task>> Failing = new()
    {
        ["drops"] = FakeApi.DropAsync,
        ["closes"] = FakeApi.CloseAsync,
        ["truncates"] = FakeApi.TruncateAsync,
        ["500"] = FakeTikTokShop.Status(500),
        ["503"] = FakeTikTokShop.Status(503),
        ["internal error in a 200"] = FakeTikTokShop.Code(36009003),
        ["timeout in a 200"] = FakeTikTokShop.Code(36009007),
        ["rate limit"] = FakeTikTokShop.Code(36009002),
        ["rate limit in a 200"] = FakeTikTokShop.Code(36009002, status: 200),
    };

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2025, 11, 20, 10, 0, 0, TimeSpan.Zero));
    private FakeTikTokShop tikTok = null!;
    private Service service = null!;

    [SetUp]
    public async Task Start()
    {
        tikTok = await FakeTikTokShop.StartAsync(time);
        service = TikTokShopService.On(StoreKind.Sqlite, time, tikTok);
    }

    [TearDown]
    public async Task Stop()
    {
        service.Dispose();
        await tikTok.DisposeAsync();
    }

    [Test]
    public async Task Answers_with_a_return_and_refund_request()
    {
        var answer = (await service.LookUpAsync(TikTokShopSamples.ReturnId)).Succeeded();

        Assert.That(answer.Data.ToJsonString(), Is.EqualTo(
            """
            {"ticketId":"4035227007035376242","subject":"Return and refund request, order 576653688135258178: Item arrived damaged",
            "statusText":"return or refund request pending","created_at":"2025-11-19T22:36:28.000Z","updated_at":"2025-11-20T07:12:05.000Z",
            "type":"return and refund","OrderId":"576653688135258178"}
            """.ReplaceLineEndings("")));
        Assert.That(tikTok.Calls, Is.EqualTo(new[] { ReturnsCall }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Answers_with_a_cancellation_where_there_is_no_return(bool leavesOutEmptyLists)
    {
        tikTok.LeavesOutEmptyLists = leavesOutEmptyLists;

        var answer = (await service.LookUpAsync(TikTokShopSamples.CancelId)).Succeeded();

        Assert.That(answer.Data.ToJsonString(), Is.EqualTo(
            """
            {"ticketId":"4035227007035379911","subject":"Cancellation request, order 576653688135258178: No longer needed",
            "statusText":"cancellation request pending","created_at":"2025-11-19T22:36:28.000Z","updated_at":"2025-11-20T07:12:05.000Z",
            "type":"buyer cancel","OrderId":"576653688135258178"}
            """.ReplaceLineEndings("")));
        Assert.That(tikTok.Calls, Is.EqualTo(new[] { ReturnsCall, CancellationsCall }));
    }

    [Test]
    public async Task Answers_with_an_order()
    {
        var answer = (await service.LookUpAsync(OrderTicket)).Succeeded();

        Assert.That(answer.Data.ToJsonString(), Is.EqualTo(
            """
            {"ticketId":"order:576653688135258178","subject":"Order 576653688135258178: Please ring twice","statusText":"awaiting shipment",
            "created_at":"2025-11-19T22:06:40.000Z","updated_at":"2025-11-19T22:36:28.000Z","requesterName":"Josh",
            "requesterEmail":"v2b2V5@chat.seller.tiktok.com","OrderId":"576653688135258178"}
            """.ReplaceLineEndings("")));
        Assert.That(tikTok.Calls, Is.EqualTo(new[] { OrdersCall }));
    }

    [Test]
    public async Task Answers_with_a_conversation()
    {
        var answer = (await service.LookUpAsync($"conversation:{TikTokShopSamples.ConversationId}")).Succeeded();

        Assert.That(answer.Data.ToJsonString(), Is.EqualTo(
            """
            {"ticketId":"conversation:7380066284010030890","subject":"Conversation, order 576653688135258178",
            "created_at":"2025-11-19T22:36:27.000Z","updated_at":"2025-11-20T07:12:05.000Z","requesterName":"Josh","OrderId":"576653688135258178"}
            """.ReplaceLineEndings("")));
        Assert.That(tikTok.Calls, Is.EqualTo(new[] { MessagesCall }));
    }

    [TestCase("{}", "Return or refund request", null)]
    [TestCase("""{"order_id":"","return_type":"NEW_KIND","return_status":"NEW_STATUS","return_reason_text":" "}""", "Return or refund request", "new status")]
    [TestCase("""{"order_id":"1","return_type":"REFUND","return_status":"AWAITING_BUYER_SHIP"}""", "Refund request, order 1", "awaiting buyer ship")]
    [TestCase("""{"order_id":"1","return_type":"REPLACEMENT","return_status":null,"create_time":null,"update_time":0}""", "Replacement request, order 1", null)]
    [TestCase("""{"order_id":" 1 ","return_type":"REPLACEMENT","create_time":"1763591788","update_time":"0"}""", "Replacement request, order 1", null)]
    [TestCase("""{"order_id":"1","return_type":"REFUND","create_time":"yesterday","update_time":99999999999999}""", "Refund request, order 1", null)]
    [TestCase("""{"order_id":"1","return_type":"REFUND","return_status":7,"return_reason_text":"\ud800"}""", "Refund request, order 1", null)]
    [TestCase("""{"order_id":"1","return_type":"REFUND","create_time":-1,"update_time":1.5}""", "Refund request, order 1", null)]
    [TestCase("""{"order_id":"1","return_type":"REFUND","create_time":{"at":[1]},"update_time":true}""", "Refund request, order 1", null)]
    public async Task Leaves_out_what_TikTok_does_not_say(string found, string subject, string? status)
    {
        tikTok.At[FakeTikTokShop.ReturnsPath] = FakeTikTokShop.Data($$"""{"return_orders":[null,{"return_id":"42"{{(found == "{}" ? "" : ",")}}{{found[1..]}}]}""");

        var data = (await service.LookUpAsync("42")).Succeeded().Data;

        Assert.That(((string?)data["subject"], (string?)data["statusText"]), Is.EqualTo((subject, status)));
        Assert.That((string?)data["OrderId"], Is.EqualTo(subject.EndsWith('1') ? "1" : null));
        Assert.That(data["updated_at"], Is.Null);
    }

    [TestCase("ORDER_CARD", "not JSON")]
    [TestCase("ORDER_CARD", "null")]
    [TestCase("ORDER_CARD", "[]")]
    [TestCase("ORDER_CARD", """{"order_id":576653688135258178}""")]
    [TestCase("ORDER_CARD", """{"order_id":null}""")]
    [TestCase("TEXT", """{"order_id":"576653688135258178"}""")]
    public async Task Answers_with_a_conversation_that_names_no_order(string type, string content)
    {
        tikTok.Messages = [TikTokShopSamples.Message(type, content, "BUYER", 1763591800)];

        var data = (await service.LookUpAsync($"conversation:{TikTokShopSamples.ConversationId}")).Succeeded().Data;

        Assert.That((string?)data["subject"], Is.EqualTo("Conversation"));
        Assert.That(data["OrderId"], Is.Null);
    }

    [Test]
    public async Task Takes_the_order_of_the_newest_card_of_a_conversation()
    {
        tikTok.Messages =
        [
            TikTokShopSamples.Message("ORDER_CARD", """{"order_id":"1"}""", "BUYER", 1763591700),
            TikTokShopSamples.Message("ORDER_CARD", """{"order_id":"2"}""", "SHOP", 1763591800),
        ];

        Assert.That((string?)(await service.LookUpAsync($"conversation:{TikTokShopSamples.ConversationId}")).Succeeded().Data["OrderId"], Is.EqualTo("2"));
    }

    [TestCase("4035227007035376243")]
    [TestCase("order:4035227007035376243")]
    [TestCase("conversation:4035227007035376243")]
    public async Task Says_that_TikTok_has_no_such_ticket(string ticketId) =>
        (await service.LookUpAsync(ticketId)).Failed(HttpStatusCode.NotFound, "ticket_not_found");

    [Test]
    public async Task Says_that_there_is_no_ticket_whose_id_TikTok_takes_for_none()
    {
        tikTok.At[FakeTikTokShop.OrdersPath] = FakeTikTokShop.Code(FakeTikTokShop.InvalidParameter, "Invalid parameter. The `ids` query parameter is invalid.");

        (await service.LookUpAsync(OrderTicket)).Failed(HttpStatusCode.NotFound, "ticket_not_found");
    }

    [TestCase("TTK-99999")]
    [TestCase("Order:576653688135258178")]
    [TestCase("order:")]
    [TestCase("order:576653688135258178,576653688135258179")]
    [TestCase("conversation:..")]
    [TestCase("conversation:a%2Fb")]
    [TestCase("conversation:1%3Fpage_size=1")]
    [TestCase("1836%D9%A2")]
    [TestCase("%204035227007035376242")]
    [TestCase("4035227007035376242%0A")]
    [TestCase("1234567890123456789012345678901")]
    public async Task Asks_for_nothing_that_cannot_be(string ticketId)
    {
        (await service.LookUpAsync(ticketId)).Failed(HttpStatusCode.NotFound, "ticket_not_found");

        Assert.That(tikTok.Calls, Is.Empty);
    }

    [TestCase(101000, 200, "TikTokShop:ShopCipher")]
    [TestCase(106013, 200, "TikTokShop:ShopCipher")]
    [TestCase(105005, 200, "scope")]
    [TestCase(105005, 401, "scope")]
    [TestCase(106001, 401, "TikTokShop:AppSecret")]
    [TestCase(36009009, 404, "36009009")]
    [TestCase(FakeTikTokShop.InvalidParameter, 400, "36009004")]
    [TestCase(21001000, 200, "21001000")]
    [TestCase(-1, 403, "the code -1")]
    public async Task Tells_refusals_apart(int code, int status, string detail)
    {
        tikTok.Always = FakeTikTokShop.Code(code, message: code == FakeTikTokShop.InvalidParameter ? "Josh" : null, status: status);

        var answer = (await service.LookUpAsync(OrderTicket)).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");

        Assert.That((string?)answer.Body["detail"], Does.StartWith("TikTok Shop ").And.Contains(detail));
        Assert.That(tikTok.Calls, Has.Count.EqualTo(1));
        Assert.That(service.Log.Lines, Has.Some.Contains($"the code {code}, request {FakeTikTokShop.RequestId}").And.None.Contains("Josh"));
    }

    [TestCase("Missing credentials. The request does not include a required signature in the query.", "clock")]
    [TestCase("Invalid timestamp. The value of the `timestamp` query parameter must not be earlier than 5 minutes before the current time.", "clock")]
    [TestCase("Invalid credentials. Invalid `app_key` query parameter.", "TikTokShop:AppKey")]
    [TestCase("Invalid identifier. The `shop_cipher` query parameter is invalid.", "TikTokShop:ShopCipher")]
    [TestCase("Invalid identifier. The order does not exist in `shop_id`.", "TikTokShop:ShopCipher")]
    public async Task Reads_the_message_of_the_code_that_means_many_things(string message, string detail)
    {
        tikTok.Always = FakeTikTokShop.Code(FakeTikTokShop.InvalidParameter, message);

        var answer = (await service.LookUpAsync(OrderTicket)).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");

        Assert.That((string?)answer.Body["detail"], Does.Contain(detail));
    }

    /// <summary>Whatever words they use, they aren't about the ticket.</summary>
    [TestCase(101000, "shop not exist")]
    [TestCase(106001, "app_key does not exist: app not found")]
    [TestCase(105005, "order scope not found for app")]
    [TestCase(106013, "shop_cipher not found")]
    [TestCase(36009009, "order path not found")]
    [TestCase(FakeTikTokShop.InvalidParameter, "shop_cipher not exist: no such order")]
    [TestCase(FakeTikTokShop.InvalidParameter, "timestamp of ids not exist")]
    [TestCase(12345, "Service not found")]
    public async Task Takes_no_refusal_for_a_ticket_that_is_not_there(int code, string message)
    {
        tikTok.Always = FakeTikTokShop.Code(code, message);

        (await service.LookUpAsync(OrderTicket)).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");
    }

    [TestCase("TikTokShop:AppSecret", "another-secret", "AppSecret")]
    [TestCase("TikTokShop:AppKey", "another-app", "AppKey")]
    [TestCase("TikTokShop:ShopCipher", "another-shop", "ShopCipher")]
    public async Task Says_what_is_configured_wrong(string key, string value, string detail)
    {
        using var misconfigured = TikTokShopService.On(StoreKind.Sqlite, time, tikTok, (key, value));

        var answer = (await misconfigured.LookUpAsync(OrderTicket)).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");

        Assert.That((string?)answer.Body["detail"], Does.Contain(detail));
    }

    [TestCaseSource(nameof(WaysToFail))]
    public async Task Tries_again_what_may_succeed_then(string way)
    {
        tikTok.Next(Failing[way]);

        (await time.LetPassUntilAsync(service.LookUpAsync(OrderTicket))).Succeeded();

        Assert.That(tikTok.Calls, Is.EqualTo(Enumerable.Repeat(OrdersCall, 2)));
    }

    public static IEnumerable<string> WaysToFail => Failing.Keys;

    [TestCase("drops", HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable")]
    [TestCase("truncates", HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase("500", HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase("503", HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable")]
    [TestCase("internal error in a 200", HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase("timeout in a 200", HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase("rate limit", HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable")]
    [TestCase("rate limit in a 200", HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable")]
    public async Task Gives_up_after_three_attempts(string way, HttpStatusCode status, string code)
    {
        tikTok.Always = Failing[way];

        (await time.LetPassUntilAsync(service.LookUpAsync(OrderTicket))).Failed(status, code);

        Assert.That(tikTok.Calls, Is.EqualTo(Enumerable.Repeat(OrdersCall, 3)));
    }

    [Test]
    public async Task Signs_each_attempt_anew()
    {
        var signed = new List<(string Timestamp, string Sign)>();
        tikTok.Always = context =>
        {
            signed.Add((context.Request.Query["timestamp"].ToString(), context.Request.Query["sign"].ToString()));
            return FakeTikTokShop.Status(500, "1")(context);
        };

        await time.LetPassUntilAsync(service.LookUpAsync(OrderTicket));

        Assert.That(signed.Distinct().Count(), Is.EqualTo(3));
        Assert.That(signed.Select(attempt => attempt.Timestamp), Is.Ordered.Ascending.And.Unique);
    }

    /// <summary>A second, doubled each time; TikTok doesn't say how long.</summary>
    [Test]
    public async Task Asks_nothing_for_longer_and_longer_while_it_sends_too_many_requests()
    {
        tikTok.Always = Failing["rate limit"];
        var first = (await time.LetPassUntilAsync(service.LookUpAsync("order:1"), faster: 2)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        Assert.That(first.Headers.RetryAfter?.Delta, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)));

        (await service.LookUpAsync("order:2")).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        Assert.That(tikTok.Calls, Has.Count.EqualTo(3));

        time.Advance(TimeSpan.FromSeconds(4));
        var second = (await service.LookUpAsync("order:3")).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        Assert.That(second.Headers.RetryAfter?.Delta, Is.InRange(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)));
        Assert.That(tikTok.Calls, Has.Count.EqualTo(4));

        for (var i = 0; i < 60; i++)
        {
            time.Advance(TimeSpan.FromSeconds(60));
            var last = (await service.LookUpAsync($"order:1{i}")).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
            Assert.That(last.Headers.RetryAfter?.Delta, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(60)));
        }

        tikTok.Always = null;
        time.Advance(TimeSpan.FromSeconds(60));
        (await service.LookUpAsync(OrderTicket)).Succeeded();
    }

    [Test]
    public async Task Does_not_take_a_503_for_too_many_requests()
    {
        tikTok.Always = Failing["503"];
        await time.LetPassUntilAsync(service.LookUpAsync("order:1"));
        tikTok.Always = null;

        (await service.LookUpAsync(OrderTicket)).Succeeded();
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("<html>Maintenance</html>")]
    [TestCase("""{"code":0}""")]
    [TestCase("""{"code":0,"data":null}""")]
    [TestCase("""{"code":0,"data":[]}""")]
    [TestCase("""{"code":"none","data":{}}""")]
    [TestCase("""{"code":1e400,"data":{}}""")]
    [TestCase("""{"code":0,"data":{"orders":{}}}""")]
    public async Task Says_that_an_answer_cannot_be_used(string body)
    {
        tikTok.Always = FakeApi.Body(body);

        (await service.LookUpAsync(OrderTicket)).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");
    }

    [Test]
    public async Task Does_not_take_another_order_for_the_one_asked_for()
    {
        tikTok.At[FakeTikTokShop.OrdersPath] = FakeTikTokShop.Data($$"""{"orders":[{{TikTokShopSamples.Order}}]}""");

        (await service.LookUpAsync("order:1")).Failed(HttpStatusCode.NotFound, "ticket_not_found");
    }

    /// <summary>Also where two calls share the time.</summary>
    [TestCase(OrderTicket)]
    [TestCase(TikTokShopSamples.CancelId)]
    public async Task Gives_up_within_10_seconds(string ticketId)
    {
        foreach (var path in new[] { FakeTikTokShop.OrdersPath, FakeTikTokShop.CancellationsPath })
        {
            tikTok.At[path] = FakeApi.StallAsync;
        }

        tikTok.Next(Failing["500"], Failing["500"]);
        var start = time.GetUtcNow();

        (await time.LetPassUntilAsync(service.LookUpAsync(ticketId))).Failed(HttpStatusCode.GatewayTimeout, "ticket_source_timeout");

        Assert.That(time.GetUtcNow() - start, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(10.5)));
    }

    [Test]
    public async Task Says_that_TikTok_cannot_be_reached()
    {
        using var alone = TikTokShopService.On(StoreKind.Sqlite, time, tikTok, ("TikTokShop:BaseUrl", "http://127.0.0.1:1"));

        (await time.LetPassUntilAsync(alone.LookUpAsync(OrderTicket))).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
    }

    /// <summary>Its tokens are there.</summary>
    [Test]
    public async Task Says_that_the_store_cannot_be_reached()
    {
        using var alone = TikTokShopService.On(StoreKind.Sqlite, time, tikTok, ("ConnectionStrings:MongoDb", "mongodb://127.0.0.1:1/none?serverSelectionTimeoutMS=500"));

        (await alone.LookUpAsync(OrderTicket)).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
    }

    [Test]
    public async Task Asks_again_once_an_answer_is_30_seconds_old()
    {
        await service.LookUpAsync(OrderTicket);
        time.Advance(TimeSpan.FromSeconds(29));
        await service.LookUpAsync(OrderTicket);
        Assert.That(tikTok.Calls, Has.Count.EqualTo(1));

        time.Advance(TimeSpan.FromSeconds(2));
        await service.LookUpAsync(OrderTicket);
        Assert.That(tikTok.Calls, Has.Count.EqualTo(2));
    }
}
