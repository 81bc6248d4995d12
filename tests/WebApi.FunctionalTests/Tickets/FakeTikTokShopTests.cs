using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using static OrderIssues.WebApi.FunctionalTests.Fakes.FakeTikTokShop;
using static OrderIssues.WebApi.FunctionalTests.Fakes.TikTokShopSamples;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

/// <summary>That the fake takes and refuses what TikTok Shop does, so that what it takes from this service says something.</summary>
public sealed class FakeTikTokShopTests
{
    private const string ReturnIds = $"{{\"return_ids\":[\"{ReturnId}\"]}}";

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2025, 11, 20, 10, 0, 0, TimeSpan.Zero));

    /// <summary>Nothing is sent again by itself on a new connection.</summary>
    private readonly HttpClient http = new() { DefaultRequestHeaders = { ConnectionClose = true } };

    private FakeTikTokShop shop = null!;

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    [SetUp]
    public async Task StartTikTokShop() => shop = await StartAsync(time);

    [TearDown]
    public async Task Stop()
    {
        http.Dispose();
        await shop.DisposeAsync();
    }

    [Test]
    public async Task Takes_the_signature_that_TikTok_publishes()
    {
        await using var then = await StartAsync(new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1623812664)));
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"{then.BaseUrl}{ShopsPath}?app_key=29a39d&timestamp=1623812664&sign=b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8");
        request.Headers.Add("x-tts-access-token", FirstAccessToken);

        Assert.That((string?)(await SucceededAsync(request))["shops"]![0]!["cipher"], Is.EqualTo(ShopCipher));
    }

    /// <summary>With a body, and with characters that are encoded in a query; computed by another program.</summary>
    [Test]
    public async Task Takes_a_signature_of_a_query_and_a_body()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"{shop.BaseUrl}{ReturnsPath}?app_key=29a39d&timestamp=1763632800&shop_cipher=ROW_8Gj%2B%2FwAAAAB5bQ%3D%3D"
            + "&sign=73b941143070b79734acbfa3b7954cfcba88474f9fec28a16723b257c6c3b981");
        request.Headers.Add("x-tts-access-token", FirstAccessToken);
        request.Content = new StringContent("""{"return_ids":["4035227007035376242"],"note":"ñ"}""", Encoding.UTF8, "application/json");

        await SucceededAsync(request);
    }

    [TestCase("b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8")]
    [TestCase("")]
    public async Task Refuses_a_wrong_signature(string sign)
    {
        using var request = Request(HttpMethod.Post, ReturnsPath, ReturnIds, change: query => query["sign"] = sign);

        await FailedAsync(request, HttpStatusCode.Unauthorized, 106001, "`sign`");
    }

    [Test]
    public async Task Refuses_a_signature_in_capitals()
    {
        using var request = Request(HttpMethod.Post, ReturnsPath, ReturnIds, change: query => query["sign"] = query["sign"]!.ToUpperInvariant());

        await FailedAsync(request, HttpStatusCode.Unauthorized, 106001, "`sign`");
    }

    [TestCase(ReturnIds + " ")]
    [TestCase("{\"return_ids\":[\"4035227007035376243\"]}")]
    [TestCase("")]
    public async Task Refuses_a_body_other_than_the_signed_one(string body)
    {
        using var request = Request(HttpMethod.Post, ReturnsPath, ReturnIds);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");

        await FailedAsync(request, HttpStatusCode.Unauthorized, 106001, "`sign`");
    }

    [Test]
    public async Task Refuses_a_query_other_than_the_signed_one()
    {
        using var changed = Request(HttpMethod.Get, OrdersPath, null, query => query["ids"] = OrderId, query => query["ids"] = CancelId);
        await FailedAsync(changed, HttpStatusCode.Unauthorized, 106001, "`sign`");

        using var encoded = Request(
            HttpMethod.Get, OrdersPath, null, query => query["shop_cipher"] = Uri.EscapeDataString(ShopCipher), query => query["shop_cipher"] = ShopCipher);
        await FailedAsync(encoded, HttpStatusCode.Unauthorized, 106001, "`sign`");
    }

    [TestCase(-301, "earlier than 5 minutes")]
    [TestCase(31, "later than 30 seconds")]
    [TestCase(1763632800 * 999L, "later than 30 seconds")]
    public async Task Refuses_another_time_than_now(long seconds, string message)
    {
        using var request = Request(HttpMethod.Post, ReturnsPath, ReturnIds, query => query["timestamp"] = $"{Now + seconds}");

        await FailedAsync(request, HttpStatusCode.BadRequest, 36009004, message);
    }

    [TestCase(-300)]
    [TestCase(30)]
    public async Task Takes_clocks_that_differ(long seconds)
    {
        using var request = Request(HttpMethod.Post, ReturnsPath, ReturnIds, query => query["timestamp"] = $"{Now + seconds}");

        await SucceededAsync(request);
    }

    [TestCase("app_key", 400, 36009004, "`app_key`")]
    [TestCase("timestamp", 400, 36009004, "`timestamp`")]
    [TestCase("shop_cipher", 200, 106013, "`shop_cipher`")]
    public async Task Refuses_a_request_without(string parameter, int status, int code, string message)
    {
        using var request = Request(HttpMethod.Post, ReturnsPath, ReturnIds, query => query.Remove(parameter));

        await FailedAsync(request, (HttpStatusCode)status, code, message);
    }

    [Test]
    public async Task Refuses_a_request_that_is_not_signed()
    {
        using var request = Request(HttpMethod.Post, ReturnsPath, ReturnIds, change: query => query.Remove("sign"));

        await FailedAsync(request, HttpStatusCode.BadRequest, 36009004, "required signature");
    }

    [Test]
    public async Task Refuses_another_shop_and_one_where_none_is_needed()
    {
        using var other = Request(HttpMethod.Post, ReturnsPath, ReturnIds, query => query["shop_cipher"] = "ROW_other");
        await FailedAsync(other, HttpStatusCode.OK, 101000, "Invalid query or header");

        using var unneeded = Request(HttpMethod.Get, ShopsPath);
        await FailedAsync(unneeded, HttpStatusCode.BadRequest, 36009004, "Unexpected identifier");
    }

    [TestCase("GET", ReturnsPath)]
    [TestCase("POST", OrdersPath)]
    [TestCase("GET", "/order/202309/Orders")]
    [TestCase("GET", "/" + OrdersPath)]
    [TestCase("GET", "/customer_service/202309/conversations/messages")]
    public async Task Knows_no_other_path(string method, string path)
    {
        using var request = Request(new HttpMethod(method), path);

        await FailedAsync(request, HttpStatusCode.NotFound, 36009009, "Invalid path");
    }

    [Test]
    public async Task Refuses_a_body_that_is_not_said_to_be_JSON()
    {
        using var request = Request(HttpMethod.Post, ReturnsPath, ReturnIds);
        request.Content!.Headers.ContentType = new("text/plain");

        await FailedAsync(request, HttpStatusCode.BadRequest, 36009004, "`Content-Type`");
    }

    [TestCase("{}")]
    [TestCase("""{"return_ids":"4035227007035376242"}""")]
    [TestCase("""{"return_ids":[4035227007035376242]}""")]
    [TestCase("""{"return_ids":[]}""")]
    [TestCase("[]")]
    [TestCase("{")]
    public async Task Refuses_a_search_for_something_else_than_ids(string body)
    {
        using var request = Request(HttpMethod.Post, ReturnsPath, body);

        await FailedAsync(request, HttpStatusCode.BadRequest, 36009004, "`return_ids`");
    }

    [Test]
    public async Task Refuses_an_access_token_that_has_expired_or_was_exchanged_or_never_was()
    {
        shop.ExpireAccessToken();
        using var expired = Request(HttpMethod.Post, ReturnsPath, ReturnIds);
        await FailedAsync(expired, HttpStatusCode.OK, 105002, "Expired credentials");

        var pair = (await RefreshAsync(FirstRefreshToken))["data"]!;
        Assert.That((string?)pair["access_token"], Is.EqualTo(shop.AccessToken).And.Not.EqualTo(FirstAccessToken));
        using var exchanged = Request(HttpMethod.Post, ReturnsPath, ReturnIds, token: FirstAccessToken);
        await FailedAsync(exchanged, HttpStatusCode.OK, 105002, "Expired credentials");

        foreach (var token in new[] { "TTP_other", "" })
        {
            using var other = Request(HttpMethod.Post, ReturnsPath, ReturnIds, token: token);
            await FailedAsync(other, HttpStatusCode.BadRequest, 36009004, "`x-tts-access-token`");
        }

        using var current = Request(HttpMethod.Post, ReturnsPath, ReturnIds);
        await SucceededAsync(current);
    }

    [Test]
    public async Task Exchanges_each_refresh_token_once()
    {
        shop.AccessTokenLifetime = TimeSpan.FromHours(1);
        var first = await RefreshAsync(FirstRefreshToken);
        var next = (string)first["data"]!["refresh_token"]!;
        Assert.That((int)first["code"]!, Is.Zero);
        Assert.That((long)first["data"]!["access_token_expire_in"]!, Is.EqualTo(time.GetUtcNow().AddHours(1).ToUnixTimeSeconds()));

        var again = await RefreshAsync(FirstRefreshToken);
        Assert.That(((int)again["code"]!, (string?)again["message"]), Is.EqualTo((36004005, "can not find related auth record")));
        Assert.That(again["data"], Is.Null);
        Assert.That(shop.Refreshes, Is.EqualTo(1));

        Assert.That((int)(await RefreshAsync(next))["code"]!, Is.Zero);
        Assert.That(shop.Refreshes, Is.EqualTo(2));
        Assert.That(shop.Calls, Is.EqualTo(Enumerable.Repeat(RefreshCall, 3)));

        time.Advance(TimeSpan.FromHours(1));
        using var request = Request(HttpMethod.Post, ReturnsPath, ReturnIds);
        await FailedAsync(request, HttpStatusCode.OK, 105002, "Expired credentials");
    }

    [Test]
    public async Task Exchanges_tokens_only_for_the_app_and_only_by_GET()
    {
        using var posted = await http.PostAsync(new Uri(RefreshUrl(FirstRefreshToken)), null);
        Assert.That(posted.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

        var refused = await RefreshAsync(FirstRefreshToken, "another-secret");
        Assert.That((int)refused["code"]!, Is.EqualTo(WrongApp));
        Assert.That(shop.Refreshes, Is.Zero);
    }

    [Test]
    public async Task Behaves_apart_where_tokens_are_exchanged()
    {
        shop.Always = Code(36009003);
        shop.NextRefresh(Status(503), FakeApi.DropAsync, shop.RefreshAndDropAsync);

        Assert.That((await http.GetAsync(new Uri(RefreshUrl(FirstRefreshToken)))).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(() => RefreshAsync(FirstRefreshToken), Throws.InstanceOf<HttpRequestException>());
        Assert.That(shop.Refreshes, Is.Zero);
        Assert.That(() => RefreshAsync(FirstRefreshToken), Throws.InstanceOf<HttpRequestException>());
        Assert.That(shop.Refreshes, Is.EqualTo(1));
        Assert.That((int)(await RefreshAsync(FirstRefreshToken))["code"]!, Is.EqualTo(36004005));
    }

    [Test]
    public async Task Tells_eight_who_come_at_once_that_the_token_has_expired()
    {
        shop.ExpireAccessToken();
        shop.Gather(8);
        var calls = Enumerable.Range(0, 7).Select(_ => FailAsync()).ToList();
        Assert.That((int)(await RefreshAsync(FirstRefreshToken))["code"]!, Is.Zero, "Nobody waits there");
        Assert.That(calls, Has.All.Property(nameof(Task.IsCompleted)).False);
        calls.Add(FailAsync());

        await Task.WhenAll(calls);

        Assert.That(shop.Calls.Count(call => call == $"POST {ReturnsPath}"), Is.EqualTo(8));
        using var next = Request(HttpMethod.Post, ReturnsPath, ReturnIds);
        await SucceededAsync(next);

        async Task FailAsync()
        {
            using var request = Request(HttpMethod.Post, ReturnsPath, ReturnIds, token: FirstAccessToken);
            await FailedAsync(request, HttpStatusCode.OK, 105002, "Expired credentials");
        }
    }

    [Test]
    public async Task Does_what_it_is_told_instead_of_answering()
    {
        shop.Next(Code(36009002, retryAfter: "3"));
        shop.At[OrdersPath] = Code(105005);
        using var limited = Request(HttpMethod.Post, ReturnsPath, ReturnIds);
        await FailedAsync(limited, HttpStatusCode.TooManyRequests, 36009002, "Too many requests");
        using var order = Request(HttpMethod.Get, OrdersPath, null, query => query["ids"] = OrderId);
        await FailedAsync(order, HttpStatusCode.OK, 105005, "Access denied");
        using var returned = Request(HttpMethod.Post, ReturnsPath, ReturnIds);
        await SucceededAsync(returned);

        Assert.That(shop.Calls, Is.EqualTo(new[] { $"POST {ReturnsPath}", $"GET {OrdersPath}?ids={OrderId}", $"POST {ReturnsPath}" }));
    }

    [TestCase(ReturnsPath, "return_ids", ReturnId, "return_orders", "return_id")]
    [TestCase(CancellationsPath, "cancel_ids", CancelId, "cancellations", "cancel_id")]
    [TestCase(OrdersPath, "ids", OrderId, "orders", "id")]
    public async Task Finds_what_it_has_by_its_id(string path, string ids, string id, string list, string key)
    {
        var found = (await FindAsync(id))[list]!.AsArray().Single()!;
        Assert.That((string?)found[key], Is.EqualTo(id));

        Assert.That((await FindAsync("4035227007035370000"))[list]!.AsArray(), Is.Empty);
        shop.LeavesOutEmptyLists = true;
        Assert.That((await FindAsync("4035227007035370000")).ContainsKey(list), Is.False);

        async Task<JsonObject> FindAsync(string wanted)
        {
            using var request = path == OrdersPath
                ? Request(HttpMethod.Get, path, null, query => query[ids] = wanted)
                : Request(HttpMethod.Post, path, $"{{\"{ids}\":[\"{wanted}\"]}}");
            return await SucceededAsync(request);
        }
    }

    [Test]
    public async Task Pages_through_the_messages()
    {
        shop.Messages = [.. Enumerable.Range(0, 23).Select(i => Message("TEXT", """{"content":"Hi"}""", "BUYER", 1763591788 - i))];
        var times = new List<long>();
        var pages = 0;
        var pageToken = "";
        do
        {
            using var request = Request(HttpMethod.Get, MessagesPath, null, query =>
            {
                query["page_size"] = "10";
                query["page_token"] = pageToken;
            });
            var page = await SucceededAsync(request);
            times.AddRange(page["messages"]!.AsArray().Select(message => (long)message!["create_time"]!));
            pageToken = (string)page["next_page_token"]!;
            pages++;
        }
        while (pageToken != "");

        Assert.That(times, Is.EqualTo(Enumerable.Range(0, 23).Select(i => 1763591788L - i)));
        Assert.That(pages, Is.EqualTo(3));
    }

    [Test]
    public async Task Tells_the_order_of_a_conversation_in_a_card()
    {
        using var request = Request(HttpMethod.Get, MessagesPath, null, query => query["page_size"] = "10");

        var messages = (await SucceededAsync(request))["messages"]!.AsArray();

        var card = messages.Single(message => (string?)message!["type"] == "ORDER_CARD")!;
        Assert.That((string?)JsonNode.Parse((string)card["content"]!)!["order_id"], Is.EqualTo(OrderId));
    }

    [TestCase(null)]
    [TestCase("0")]
    [TestCase("11")]
    public async Task Refuses_pages_of_another_size(string? size)
    {
        using var request = Request(HttpMethod.Get, MessagesPath, null, query => query["page_size"] = size);

        await FailedAsync(request, HttpStatusCode.BadRequest, 36009004, "`page_size`");
    }

    [Test]
    public async Task Knows_no_other_conversation()
    {
        var path = MessagesPath.Replace(ConversationId, CancelId, StringComparison.Ordinal);
        using var request = Request(HttpMethod.Get, path, null, query => query["page_size"] = "10");

        await FailedAsync(request, HttpStatusCode.OK, NoSuchConversation, "conversation");
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

    /// <summary>As it is to be, unless it is changed before it is signed or after.</summary>
    private HttpRequestMessage Request(
        HttpMethod method,
        string path,
        string? body = null,
        Action<Dictionary<string, string?>>? prepare = null,
        Action<Dictionary<string, string?>>? change = null,
        string? token = null)
    {
        var query = new Dictionary<string, string?>
        {
            ["app_key"] = AppKey,
            ["timestamp"] = $"{Now}",
            ["shop_cipher"] = ShopCipher,
        };
        prepare?.Invoke(query);
        var signed = query.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!));
        query["sign"] = Sign(AppSecret, path, signed, body is null ? null : Encoding.UTF8.GetBytes(body));
        change?.Invoke(query);
        var request = new HttpRequestMessage(method, QueryHelpers.AddQueryString($"{shop.BaseUrl}{path}", query));
        request.Headers.Add("x-tts-access-token", token ?? shop.AccessToken);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }

    private async Task<JsonObject> SucceededAsync(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        var body = await ReadAsync(response);
        Assert.That((response.StatusCode, (int)body["code"]!), Is.EqualTo((HttpStatusCode.OK, 0)), body.ToJsonString());
        return body["data"]!.AsObject();
    }

    private async Task FailedAsync(HttpRequestMessage request, HttpStatusCode status, int code, string message)
    {
        using var response = await http.SendAsync(request);
        var body = await ReadAsync(response);
        Assert.That((response.StatusCode, (int)body["code"]!), Is.EqualTo((status, code)), body.ToJsonString());
        Assert.That((string?)body["message"], Does.Contain(message));
        Assert.That((string?)body["request_id"], Is.EqualTo(RequestId));
    }

    private string RefreshUrl(string refreshToken, string appSecret = AppSecret)
    {
        var query = new Dictionary<string, string?>
        {
            ["app_key"] = AppKey,
            ["app_secret"] = appSecret,
            ["refresh_token"] = refreshToken,
            ["grant_type"] = "refresh_token",
        };
        return QueryHelpers.AddQueryString($"{shop.BaseUrl}{RefreshPath}", query);
    }

    private async Task<JsonObject> RefreshAsync(string refreshToken, string appSecret = AppSecret)
    {
        using var response = await http.GetAsync(new Uri(RefreshUrl(refreshToken, appSecret)));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return await ReadAsync(response);
    }
}
