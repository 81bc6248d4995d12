using System.Net;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Startup;

public sealed class ReverseProxyTests
{
    private const string Prefix = "/order-issues";
    private const string Client = "127.0.0.2";

    [Test]
    public async Task Is_served_under_a_prefix_by_nginx()
    {
        using var service = Service.Start(("PathBase", Prefix), ("ForwardedHeaders:KnownProxies", "127.0.0.1"));
        using var nginx = new Nginx(service.Api.Address);
        await nginx.WaitAsync();
        var api = nginx.From(Client);

        var created = await api.PostAsync($"{Prefix}/api/order-issue/create", Api.Minimal("A/B").ToJsonString());
        Assert.That(created.Headers.Location?.ToString(), Is.EqualTo($"{Prefix}/api/order-issue/{created.Succeeded(HttpStatusCode.Created).IssueId}"));
        (await api.GetAsync(created.Headers.Location!.ToString())).Succeeded();

        // Not the order A%2FB.
        (await api.PutAsync($"{Prefix}/api/order-issue/update/A%2FB", """{ "status": "done" }""")).Succeeded();
        (await api.PutAsync($"{Prefix}/api/order-issue/update/A%252FB", """{ "status": "done" }""")).Failed(HttpStatusCode.NotFound, "issue_not_found");

        var document = await api.GetAsync($"{Prefix}/swagger/v1/swagger.json");
        Assert.That((string?)document.Body["servers"]![0]!["url"], Is.EqualTo($"{api.Address.GetLeftPart(UriPartial.Authority)}{Prefix}"));
        Assert.That((await api.GetAsync($"{Prefix}/swagger")).Text, Does.Contain($"{Prefix}/swagger/v1/swagger.json"));
        Assert.That((await api.GetAsync($"{Prefix}/")).Text, Does.Contain($"<base href=\"{Prefix}/console/\">"));
        (await api.GetAsync($"{Prefix}/nothing")).Failed(HttpStatusCode.NotFound, "route_not_found");
        (await api.PostAsync($"{Prefix}/api/order-issue/create", new string(' ', (1024 * 1024) + 1))).Failed(HttpStatusCode.RequestEntityTooLarge, "payload_too_large");
    }

    [Test]
    public async Task Limits_each_caller_behind_nginx()
    {
        using var service = Service.Start(
            ("PathBase", Prefix), ("ForwardedHeaders:KnownProxies:0", "127.0.0.1"), ("RateLimit:PermitsPerMinute", "1"));
        using var nginx = new Nginx(service.Api.Address);
        await nginx.WaitAsync();
        const string Path = $"{Prefix}/api/order-issue/1600001";

        (await nginx.From(Client).GetAsync(Path)).Failed(HttpStatusCode.NotFound, "issue_not_found");
        (await nginx.From("127.0.0.3").GetAsync(Path)).Failed(HttpStatusCode.NotFound, "issue_not_found");

        using var forged = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { { "X-Forwarded-For", "203.0.113.7" } } };
        (await nginx.From(Client).SendAsync(forged)).Failed(HttpStatusCode.TooManyRequests, "rate_limited");
    }

    [TestCase("127.0.0.1", "https://issues.example.com", ExpectedResult = HttpStatusCode.NotFound)]
    [TestCase("127.0.0.0/8", "https://issues.example.com", ExpectedResult = HttpStatusCode.NotFound)]
    [TestCase("10.0.0.1", null, ExpectedResult = HttpStatusCode.TooManyRequests)]
    [TestCase("", null, ExpectedResult = HttpStatusCode.TooManyRequests)]
    public async Task<HttpStatusCode> Believes_known_proxies_only(string proxies, string? origin)
    {
        using var service = Service.Start(("ForwardedHeaders:KnownProxies", proxies), ("RateLimit:PermitsPerMinute", "1"));
        await SendAsync("203.0.113.7");
        var answer = await SendAsync("203.0.113.8");
        Assert.That(answer.Headers.TryGetValues("Strict-Transport-Security", out _), Is.EqualTo(origin is not null));
        return answer.Status;

        Task<Answer> SendAsync(string address) => service.Api.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/order-issue/1600001")
        {
            Headers = { { "X-Forwarded-For", address }, { "X-Forwarded-Proto", "https" }, { "X-Forwarded-Host", "issues.example.com" } },
        });
    }

    /// <summary>A proxy that removes the prefix names it, or configuration does.</summary>
    [TestCase("/api", "")]
    [TestCase("", "/apis/order.issues")]
    [TestCase("/a/b", "/c")]
    [TestCase("//evil.example/x", "")]
    public async Task Links_have_the_prefix_that_a_proxy_removed(string forwarded, string configured)
    {
        using var service = Service.Start(("PathBase", configured), ("ForwardedHeaders:KnownProxies", "127.0.0.1, ::1"));
        var order = Api.NewOrder();
        var create = new HttpRequestMessage(HttpMethod.Post, "/api/order-issue/create") { Content = new StringContent(Api.Minimal(order).ToJsonString(), null, "application/json") };
        create.Headers.Add("X-Forwarded-Prefix", forwarded);

        var created = (await service.Api.SendAsync(create)).Succeeded(HttpStatusCode.Created);

        var prefix = configured.Length > 0 ? configured : forwarded.StartsWith("//", StringComparison.Ordinal) ? "" : forwarded;
        Assert.That(created.Headers.Location?.ToString(), Is.EqualTo($"{prefix}/api/order-issue/{created.IssueId}"));

        var root = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "X-Forwarded-Prefix", forwarded } } };
        Assert.That((await service.Api.WithoutRedirects().SendAsync(root)).Headers.Location?.ToString(), Is.EqualTo($"{prefix}/console/"));
    }
}
