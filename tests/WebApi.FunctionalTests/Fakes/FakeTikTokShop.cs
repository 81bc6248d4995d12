using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrderIssues.WebApi.FunctionalTests.Fakes;

/// <summary>
/// TikTok Shop's API and the endpoint that tokens are exchanged at (https://partner.tiktokshop.com/docv2), with one return, cancellation, order and
/// conversation. It refuses what the real ones refuse. What <see cref="FakeApi.Next"/>, <see cref="FakeApi.Always"/> and <see cref="At"/> say, it does
/// without looking at the request.
/// </summary>
internal sealed class FakeTikTokShop : FakeApi
{
    /// <summary>With <see cref="AppSecret"/> those of the signature that TikTok publishes as an example.</summary>
    public const string AppKey = "29a39d";
    public const string AppSecret = "e59af819cc";

    /// <summary>It only arrives as it is when it is encoded in the query and signed as it was before; so do refresh tokens and page tokens.</summary>
    public const string ShopCipher = "ROW_8Gj+/wAAAAB5bQ==";
    public const string FirstAccessToken = "TTP_access-1-kUbN7mE";
    public const string FirstRefreshToken = "TTP_refresh-1+/Zq8==";

    public const string RequestId = "202511201000000A1B2C3D4E5F60718293";

    public const string ShopsPath = "/authorization/202309/shops";
    public const string ReturnsPath = "/return_refund/202309/returns/search";
    public const string CancellationsPath = "/return_refund/202309/cancellations/search";
    public const string OrdersPath = "/order/202309/orders";
    public const string MessagesPath = $"/customer_service/202309/conversations/{TikTokShopSamples.ConversationId}/messages";
    public const string RefreshPath = "/api/v2/token/refresh";
    public const string FirstTokensPath = "/api/v2/token/get";

    /// <summary>What the authorization of the shop gave, for the first tokens.</summary>
    public const string AuthorizationCode = "TTP_code+/1==";

    /// <summary>How a call of it is told in <see cref="FakeApi.Calls"/>.</summary>
    public const string RefreshCall = $"GET {RefreshPath}";

    public const int InvalidParameter = 36009004;

    /// <summary>This and the next one are of this fake's own: TikTok's aren't published.</summary>
    public const int NoSuchConversation = 45101004;
    public const int WrongApp = 36004003;

    private const int MaxMessages = 10;

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FarthestAhead = TimeSpan.FromSeconds(30);
    private static readonly string[] OfEveryCall = ["app_key", "app_secret", "timestamp", "sign", "shop_cipher", "refresh_token", "grant_type"];

    private static readonly Dictionary<int, (int Status, string Message)> Failures = new()
    {
        [101000] = (200, "Invalid query or header. The `shop_cipher` and the access token do not match."),
        [105002] = (200, "Expired credentials. The `access_token` or `x-tts-access-token` header has expired."),
        [105005] = (200, "Access denied. The app is not authorized to access the endpoint because the access scopes granted for the app or the access token "
            + "do not contain the required access scope for the endpoint."),
        [106001] = (401, "Invalid credentials. The `sign` query parameter is invalid."),
        [106013] = (200, "Missing identifier. The `shop_cipher` query parameter is required to identify the target shop."),
        [WrongApp] = (200, "app_key or app_secret is invalid"),
        [36004005] = (200, "can not find related auth record"),
        [36009002] = (429, "Too many requests"),
        [36009003] = (200, "Internal error"),
        [InvalidParameter] = (400, "Invalid parameter."),
        [36009007] = (200, "Timeout"),
        [36009009] = (404, "Invalid path"),
        [NoSuchConversation] = (200, "The conversation does not exist."),
    };

    private readonly TimeProvider time;
    private readonly FakeTikTokShopTokens tokens;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> nextRefresh = new();
    private readonly Lock turn = new();
    private TaskCompletionSource? gathering;
    private int missing;

    private FakeTikTokShop(TimeProvider time)
    {
        this.time = time;
        tokens = new FakeTikTokShopTokens(time);
    }

    /// <summary>A call of the API.</summary>
    private delegate Func<HttpContext, Task> Resource(IReadOnlyDictionary<string, string> query, JsonNode? body);

    /// <summary>The one that works, unless it has expired.</summary>
    public string AccessToken => tokens.AccessToken;

    /// <summary>The one that works, once.</summary>
    public string RefreshToken => tokens.RefreshToken;

    /// <summary>How long an access token works that is given from now on. The first one works until <see cref="ExpireAccessToken"/>.</summary>
    public TimeSpan AccessTokenLifetime
    {
        get => tokens.Lifetime;
        set => tokens.Lifetime = value;
    }

    /// <summary>How often the tokens were exchanged for new ones.</summary>
    public int Refreshes => tokens.Refreshes;

    /// <summary>What it does instead of answering calls of these paths of the API, where neither Next nor Always says anything.</summary>
    public ConcurrentDictionary<string, Func<HttpContext, Task>> At { get; } = new();

    /// <summary>What it does instead of exchanging tokens once <see cref="NextRefresh"/> is used up.</summary>
    public Func<HttpContext, Task>? AlwaysRefresh { get; set; }

    /// <summary>Whether a search that finds nothing is answered without the list rather than with an empty one.</summary>
    public bool LeavesOutEmptyLists { get; set; }

    /// <summary>JSON; found by its <c>return_id</c>.</summary>
    public string Return { get; set; } = TikTokShopSamples.Return;

    /// <summary>JSON; found by its <c>cancel_id</c>.</summary>
    public string Cancellation { get; set; } = TikTokShopSamples.Cancellation;

    /// <summary>JSON; found by its <c>id</c>.</summary>
    public string Order { get; set; } = TikTokShopSamples.Order;

    /// <summary>JSON, newest first: those of <see cref="TikTokShopSamples.ConversationId"/>.</summary>
    public IReadOnlyList<string> Messages { get; set; } = TikTokShopSamples.Messages;

    public static Task<FakeTikTokShop> StartAsync(TimeProvider time) => StartAsync(new FakeTikTokShop(time));

    /// <summary>The signature of a request whose content isn't multipart.</summary>
    /// <param name="appSecret">The key.</param>
    /// <param name="path">Without the query.</param>
    /// <param name="query">Decoded. What isn't signed may be in it.</param>
    /// <param name="body">Just as it is sent.</param>
    public static string Sign(string appSecret, string path, IEnumerable<KeyValuePair<string, string>> query, byte[]? body = null)
    {
        var signed = query.Where(pair => pair.Key is not ("sign" or "access_token")).OrderBy(pair => pair.Key, StringComparer.Ordinal);
        byte[] text =
        [
            .. Encoding.UTF8.GetBytes($"{appSecret}{path}{string.Concat(signed.Select(pair => pair.Key + pair.Value))}"),
            .. body ?? [],
            .. Encoding.UTF8.GetBytes(appSecret),
        ];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), text));
    }

    /// <summary>Answers with this code, and the status and message that come with it: mostly 200 also when it is a failure.</summary>
    public static Func<HttpContext, Task> Code(int code, string? message = null, int? status = null, string? retryAfter = null) => context =>
    {
        var known = Failures.GetValueOrDefault(code, (200, "Unknown error"));
        context.Response.StatusCode = status ?? known.Item1;
        context.Response.Headers.RetryAfter = retryAfter;
        return JsonAsync(context, Envelope(code, message ?? known.Item2, ""));
    };

    /// <summary>Answers with this status, as a gateway in front of the API does.</summary>
    public static Func<HttpContext, Task> Status(int status, string? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync("<html><body>Something went wrong</body></html>");
    };

    /// <summary>Answers with success and this.</summary>
    public static Func<HttpContext, Task> Data(string json, string message = "Success") => Body(Envelope(0, message, $"\"data\":{json},"));

    /// <summary>Does these things instead of exchanging tokens, one a call.</summary>
    public void NextRefresh(params IEnumerable<Func<HttpContext, Task>> things)
    {
        foreach (var thing in things)
        {
            nextRefresh.Enqueue(thing);
        }
    }

    /// <summary>Exchanges tokens after all. For <see cref="NextRefresh"/>.</summary>
    public Task RefreshAsync(HttpContext context) => tokens.Exchange(context.Request)(context);

    /// <summary>Exchanges tokens, and the answer is lost on its way. For <see cref="NextRefresh"/>.</summary>
    public Task RefreshAndDropAsync(HttpContext context)
    {
        _ = tokens.Exchange(context.Request);
        return DropAsync(context);
    }

    /// <summary>From now on the access token is one that has expired.</summary>
    public void ExpireAccessToken() => tokens.Expire();

    /// <summary>Answers none of the next calls of the API until so many have come, and each with what was true when it came.</summary>
    public void Gather(int calls)
    {
        lock (turn)
        {
            (missing, gathering) = (calls, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }

    /// <summary>Without what every call has, and without secrets.</summary>
    protected override string Describe(HttpRequest request)
    {
        var query = request.Query.Where(pair => !OfEveryCall.Contains(pair.Key)).Select(pair => $"{pair.Key}={pair.Value}").ToList();
        return $"{request.Method} {request.Path.Value}{(query.Count > 0 ? "?" : "")}{string.Join('&', query)}";
    }

    protected override async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path == RefreshPath)
        {
            await (nextRefresh.TryDequeue(out var thing) || (thing = AlwaysRefresh) is not null ? thing : tokens.Exchange(context.Request))(context);
            return;
        }

        if (path == FirstTokensPath)
        {
            await tokens.First(context.Request)(context);
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var answer = Instead() ?? At.GetValueOrDefault(path) ?? AnswerOf(context.Request, body.ToArray());
        await GatheredAsync().WaitAsync(context.RequestAborted);
        await answer(context);
    }

    private static string Envelope(int code, string message, string data) =>
        $$"""{"code":{{code}},{{data}}"message":{{JsonSerializer.Serialize(message)}},"request_id":"{{RequestId}}"}""";

    private static Func<HttpContext, Task> Invalid(string message) => Code(InvalidParameter, message);

    private static JsonNode? Parsed(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Found(string item, string key, IEnumerable<string> ids) => ids.Contains((string?)JsonNode.Parse(item)![key]) ? item : "";

    private static Func<HttpContext, Task>? RefusalOfCipher(string path, string? cipher) => (path, cipher) switch
    {
        (ShopsPath, null) => null,
        (ShopsPath, _) => Invalid("Unexpected identifier. The `shop_cipher` query parameter is not required for this request."),
        (_, null or "") => Code(106013),
        (_, ShopCipher) => null,
        _ => Code(101000),
    };

    private Task GatheredAsync()
    {
        lock (turn)
        {
            if (missing > 0 && --missing == 0)
            {
                gathering!.SetResult();
            }

            return gathering?.Task ?? Task.CompletedTask;
        }
    }

    private Func<HttpContext, Task> AnswerOf(HttpRequest request, byte[] body)
    {
        var query = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        return ResourceOf(request) is not { } resource ? Code(36009009)
            : Refusal(request, query, body) ?? resource(query, Parsed(body));
    }

    private Resource? ResourceOf(HttpRequest request) => (request.Method, request.Path.Value!) switch
    {
        ("GET", ShopsPath) => (_, _) => Data($$"""{"shops":[{{TikTokShopSamples.Shop}}]}"""),
        ("POST", ReturnsPath) => (_, body) => Search(body, "return_ids", "return_orders", Return, "return_id"),
        ("POST", CancellationsPath) => (_, body) => Search(body, "cancel_ids", "cancellations", Cancellation, "cancel_id"),
        ("GET", OrdersPath) => (query, _) => query.GetValueOrDefault("ids", "") is { Length: > 0 } ids
            ? List("orders", Found(Order, "id", ids.Split(',')))
            : Invalid("Invalid parameter. The `ids` query parameter is required."),
        ("GET", var path) when path.Split('/') is ["", "customer_service", "202309", "conversations", var id, "messages"] =>
            (query, _) => MessagesOf(id, query),
        _ => null,
    };

    private Func<HttpContext, Task>? Refusal(HttpRequest request, Dictionary<string, string> query, byte[] body) =>
        query.GetValueOrDefault("app_key") != AppKey ? Invalid("Invalid credentials. Invalid `app_key` query parameter.")
        : RefusalOfTime(query.GetValueOrDefault("timestamp")) is { } wrongTime ? wrongTime
        : query.GetValueOrDefault("sign") is not { } sign
            ? Invalid("Missing credentials. The request does not include a required signature in the query.")
        : sign != Sign(AppSecret, request.Path.Value!, query, body) ? Code(106001)
        : RefusalOfToken(request.Headers["x-tts-access-token"].ToString()) is { } wrongToken ? wrongToken
        : RefusalOfCipher(request.Path.Value!, query.GetValueOrDefault("shop_cipher")) is { } wrongCipher ? wrongCipher
        : request.Method == HttpMethods.Post && !request.HasJsonContentType()
            ? Invalid("Invalid header. The value of the `Content-Type` header must be application/json.")
        : null;

    private Func<HttpContext, Task>? RefusalOfTime(string? timestamp)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return Invalid("Invalid timestamp. The `timestamp` query parameter is missing or is not a Unix timestamp in seconds.");
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return seconds < now - MaxAge.TotalSeconds
            ? Invalid("Invalid timestamp. The value of the `timestamp` query parameter must not be earlier than 5 minutes before the current time.")
            : seconds > now + FarthestAhead.TotalSeconds
            ? Invalid("Invalid timestamp. The value of the `timestamp` query parameter must not be later than 30 seconds after the current time.")
            : null;
    }

    private Func<HttpContext, Task>? RefusalOfToken(string token) => tokens.CodeOf(token) switch
    {
        0 => null,
        InvalidParameter => Invalid("Invalid credentials. The `x-tts-access-token` header is invalid."),
        var code => Code(code),
    };

    private Func<HttpContext, Task> Search(JsonNode? body, string idsKey, string listKey, string item, string idKey)
    {
        if (body is not JsonObject search || search[idsKey] is not JsonArray { Count: > 0 } ids || ids.Any(id => id?.GetValueKind() != JsonValueKind.String))
        {
            return Invalid($"Invalid parameter. `{idsKey}` must be a list of strings.");
        }

        var found = Found(item, idKey, ids.Select(id => (string)id!));
        return List(listKey, found, "\"next_page_token\":\"\"", $"\"total_count\":{(found == "" ? 0 : 1)}");
    }

    private Func<HttpContext, Task> List(string key, string items, params IEnumerable<string> others) =>
        Data($"{{{string.Join(',', items == "" && LeavesOutEmptyLists ? others : others.Prepend($"\"{key}\":[{items}]"))}}}");

    private Func<HttpContext, Task> MessagesOf(string conversation, IReadOnlyDictionary<string, string> query)
    {
        const string PageToken = "b2Zmc2V0+/";
        var start = 0;
        if (!int.TryParse(query.GetValueOrDefault("page_size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is < 1 or > MaxMessages)
        {
            return Invalid("Invalid parameter. The value of the `page_size` query parameter must be between 1 and 10.");
        }

        if (query.GetValueOrDefault("page_token", "") is { Length: > 0 } token
            && !(token.StartsWith(PageToken, StringComparison.Ordinal)
                && int.TryParse(token[PageToken.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out start)))
        {
            return Invalid("Invalid parameter. The `page_token` query parameter is invalid.");
        }

        var end = Math.Min(start + size, Messages.Count);
        return conversation == TikTokShopSamples.ConversationId
            ? List(
                "messages",
                string.Join(',', Messages.Skip(start).Take(size)),
                $"\"next_page_token\":\"{(end < Messages.Count ? $"{PageToken}{end}" : "")}\"")
            : Code(NoSuchConversation);
    }
}
