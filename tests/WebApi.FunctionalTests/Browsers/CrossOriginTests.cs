using System.Net;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Browsers;

public sealed class CrossOriginTests
{
    private const string Allowed = "https://app.example.com";
    private const string AllowedToo = "http://localhost:3000";
    private const string Foreign = "https://evil.example.com";
    private const string Path = "/api/order-issue/1600001";

    private static readonly (string, string) Origins = ("Cors:Origins", $"{Allowed}, {AllowedToo}");
    private static readonly Lazy<Service> Configured = new(() => Service.Start(Origins));

    [OneTimeTearDown]
    public static void Stop()
    {
        if (Configured.IsValueCreated)
        {
            Configured.Value.Dispose();
        }
    }

    [TestCase(Allowed)]
    [TestCase(AllowedToo)]
    public async Task A_preflight_of_a_configured_origin_allows_what_the_operations_take(string origin)
    {
        var answer = await PreflightAsync(Configured.Value.Api, origin);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(Of(answer, "Access-Control-Allow-Origin"), Is.EqualTo(origin));
        Assert.That(Of(answer, "Access-Control-Allow-Methods"), Is.EqualTo("GET,HEAD,POST,PUT,PATCH,DELETE"));
        Assert.That(
            Of(answer, "Access-Control-Allow-Headers"),
            Is.EqualTo("Authorization,X-Api-Key,Content-Type,If-Match,If-None-Match,Idempotency-Key,Prefer,Last-Event-ID,traceparent,tracestate"));
        Assert.That(Of(answer, "Access-Control-Max-Age"), Is.EqualTo("600"));
        Assert.That(Of(answer, "Access-Control-Allow-Credentials"), Is.Null);
    }

    [TestCase(Foreign)]
    [TestCase("null")]
    [TestCase("https://app.example.com.evil.example.com")]
    [TestCase("http://app.example.com")]
    [TestCase("https://app.example.com:8443")]
    public async Task Others_are_allowed_nothing(string origin)
    {
        foreach (var answer in new[] { await PreflightAsync(Configured.Value.Api, origin), await GetAsync(Configured.Value.Api, origin) })
        {
            Assert.That(answer.Headers.Select(header => header.Key), Has.None.StartsWith("Access-Control-Allow-Origin"));
        }
    }

    [Test]
    public async Task Nobody_is_allowed_anything_where_nothing_is_configured()
    {
        foreach (var answer in new[] { await PreflightAsync(Shared.Api, Allowed), await GetAsync(Shared.Api, Allowed) })
        {
            Assert.That(answer.Headers.Select(header => header.Key), Has.None.StartsWith("Access-Control-"));
        }
    }

    [Test]
    public async Task Pages_may_read_answers_and_their_headers_problems_too()
    {
        using var service = Service.Start(Origins, ("RateLimit:PermitsPerMinute", "2"));
        var ok = await GetAsync(service.Api, Allowed, "/api/order-issue");
        var notFound = await GetAsync(service.Api, Allowed);
        var limited = await GetAsync(service.Api, Allowed);
        var preflight = await PreflightAsync(service.Api, Allowed);
        var nothing = await GetAsync(Configured.Value.Api, Allowed, "/nothing");
        var broken = await service.Api.SendAsync(Request(HttpMethod.Post, Allowed, "/health/live"));

        ok.Succeeded();
        notFound.Failed(HttpStatusCode.NotFound, "issue_not_found");
        limited.Failed(HttpStatusCode.TooManyRequests, "rate_limited");
        nothing.Failed(HttpStatusCode.NotFound, "route_not_found");
        Assert.That(preflight.Status, Is.EqualTo(HttpStatusCode.NoContent));
        foreach (var answer in new[] { ok, notFound, limited, nothing, broken })
        {
            Assert.That(Of(answer, "Access-Control-Allow-Origin"), Is.EqualTo(Allowed));
            Assert.That(Of(answer, "Access-Control-Expose-Headers"), Is.EqualTo("ETag,Location,Idempotency-Replayed,Retry-After,RateLimit,RateLimit-Policy,Preference-Applied,Content-Disposition,Allow,WWW-Authenticate"));
            Assert.That(Of(answer, "Vary"), Does.Contain("Origin"));
        }
    }

    private static Task<Answer> GetAsync(Api api, string origin, string path = Path) => api.SendAsync(Request(HttpMethod.Get, origin, path));

    private static Task<Answer> PreflightAsync(Api api, string origin)
    {
        var request = Request(HttpMethod.Options, origin, Path);
        request.Headers.Add("Access-Control-Request-Method", "PATCH");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,if-match");
        return api.SendAsync(request);
    }

    private static HttpRequestMessage Request(HttpMethod method, string origin, string path) => new(method, path) { Headers = { { "Origin", origin } } };

    private static string? Of(Answer answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
