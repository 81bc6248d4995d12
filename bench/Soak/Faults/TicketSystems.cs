using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OrderIssues.Soak.Faults;

/// <summary>Freshdesk's and TikTok Shop's APIs, with a ticket of any number and an order of its own for it.</summary>
/// <remarks>TikTok Shop's access token expires now and then; refresh tokens of before are taken, too.</remarks>
internal sealed class TicketSystems(int port, X509Certificate2 certificate) : FaultyServer(port, certificate)
{
    public const string TikTokOrder = "order:";
    private const string FirstToken = "access-0";
    private const int ExpiredToken = 105002;
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromSeconds(75);
    private readonly Lock sync = new();
    private string token = FirstToken;
    private long tokenGivenAt = TimeProvider.System.GetTimestamp();
    private int exchanges;

    private string Address { get; } = $"https://127.0.0.1:{port}";

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Freshdesk__BaseUrl"] = Address,
        ["Freshdesk__ApiKey"] = "soak",
        ["TikTokShop__BaseUrl"] = Address,
        ["TikTokShop__AuthBaseUrl"] = Address,
        ["TikTokShop__AppKey"] = "soak",
        ["TikTokShop__AppSecret"] = "soak",
        ["TikTokShop__AccessToken"] = FirstToken,
        ["TikTokShop__RefreshToken"] = "refresh-0",
        ["TikTokShop__ShopCipher"] = "soak",
    };

    /// <summary>Makes a certificate that is valid whatever the clocks are set to, and writes it to a file for those who trust it.</summary>
    public static X509Certificate2 MakeCertificate(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        return certificate;
    }

    /// <summary>Gets the order of a ticket that one of the systems has.</summary>
    public static string OrderOf(string ticketId) => ticketId.StartsWith(TikTokOrder, StringComparison.Ordinal)
        ? ticketId[TikTokOrder.Length..] : $"111-{ticketId.PadLeft(7, '0')}-0000000";

    public static Task ThrottleAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = "10";
        return Task.CompletedTask;
    }

    /// <summary>Answers as a proxy that asks for a log-in.</summary>
    public static Task TalkNonsenseAsync(HttpContext context) => context.Response.WriteAsync("<html><body>Please log in</body></html>");

    protected override Task AnswerAsync(HttpContext context)
    {
        var (path, id) = (context.Request.Path.Value!, context.Request.Query["ids"].ToString());
        return path == "/api/v2/token/refresh" ? AnswerAsync(context, ExchangeToken())
            : path == "/order/202309/orders" ? AnswerAsync(context, HasExpired(context.Request.Headers["x-tts-access-token"].ToString())
                ? new { code = ExpiredToken, message = "Expired credentials." }
                : new { code = 0, data = new { orders = new[] { new { id, status = "DELIVERED", create_time = 1_763_590_000 } } } })
            : TicketAsync(context, path[(path.LastIndexOf('/') + 1)..]);
    }

    private static Task AnswerAsync(HttpContext context, object answer) => context.Response.WriteAsJsonAsync(answer, answer.GetType());

    private static Task TicketAsync(HttpContext context, string id)
    {
        context.Response.Headers["X-RateLimit-Remaining"] = "698";
        return context.Response.WriteAsJsonAsync(
            new { id = long.Parse(id, null), subject = $"Broken (Order: {OrderOf(id)})", status = 2, created_at = "2025-11-20T10:00:00Z" });
    }

    private bool HasExpired(string used)
    {
        lock (sync)
        {
            return used != token || TimeProvider.System.GetElapsedTime(tokenGivenAt) > TokenLifetime;
        }
    }

    private object ExchangeToken()
    {
        lock (sync)
        {
            exchanges++;
            (token, tokenGivenAt) = ($"access-{exchanges}", TimeProvider.System.GetTimestamp());
            return new { code = 0, data = new { access_token = token, refresh_token = $"refresh-{exchanges}" } };
        }
    }
}
