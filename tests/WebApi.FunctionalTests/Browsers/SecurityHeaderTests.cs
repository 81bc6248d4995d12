using System.Net;
using System.Text;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Browsers;

public sealed class SecurityHeaderTests
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";
    private const string Json = "application/json";

    [TestCase("GET", "/api/order-issue", 200)]
    [TestCase("HEAD", "/api/order-issue", 200)]
    [TestCase("GET", "/api/order-issue?nonsense=1", 400)]
    [TestCase("GET", "/api/order-issue/42", 404)]
    [TestCase("GET", "/api/order-issue/export?format=csv", 200)]
    [TestCase("GET", "/api/issue-ticket/18362", 200)]
    [TestCase("GET", "/nothing", 404)]
    [TestCase("DELETE", "/api/order-issue/42", 405)]
    [TestCase("POST", "/api/order-issue/create", 400)]
    [TestCase("GET", "/health/live", 200)]
    [TestCase("GET", "/health/ready", 200)]
    [TestCase("POST", "/health/ready", 405)]
    public async Task Come_with_every_answer(string method, string path, int status)
    {
        var answer = await Shared.Api.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.That((int)answer.Status, Is.EqualTo(status));
        AssertHeaders(answer, Nothing);
        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
    }

    [TestCase("text/plain", "x", HttpStatusCode.UnsupportedMediaType)]
    [TestCase(Json, "{}", HttpStatusCode.BadRequest)]
    [TestCase(Json, "", HttpStatusCode.BadRequest)]
    [TestCase(Json, null, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Come_with_refused_bodies(string mediaType, string? body, HttpStatusCode status)
    {
        var answer = await Shared.Api.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/order-issue/create")
        {
            Content = new StringContent(body ?? new string(' ', 1024 * 1024 + 1), Encoding.UTF8, mediaType),
        });

        Assert.That(answer.Status, Is.EqualTo(status));
        AssertHeaders(answer, Nothing);
        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
    }

    /// <summary>A browser asks with If-None-Match for what it kept, and keeps no issue that must be asked for anew anyway.</summary>
    [Test]
    public async Task Let_a_browser_keep_a_single_issue_to_itself_and_ask_each_time()
    {
        var created = (await Shared.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);
        var path = $"/api/order-issue/{created.IssueId}";
        var read = (await Shared.Api.GetAsync(path)).Succeeded();
        var known = await Shared.Api.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "If-None-Match", read.Headers.ETag!.Tag } } });

        Assert.That(known.Status, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(created.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
        Assert.That(read.Headers.CacheControl?.ToString(), Is.EqualTo("no-cache, private"));
        Assert.That(known.Headers.CacheControl?.ToString(), Is.EqualTo("no-cache, private"));
        Assert.That(known.Headers.Vary, Is.EqualTo(new[] { "Accept-Encoding" }));
        AssertHeaders(known, Nothing);
    }

    /// <summary>RFC 9110 section 9.3.2, but for the fields that tell how the body is framed.</summary>
    [TestCase("/api/order-issue/{0}")]
    [TestCase("/api/order-issue/{0}/history")]
    [TestCase("/api/order-issue?OrderId={1}")]
    [TestCase("/api/order-issue/stats?groupBy=sku")]
    [TestCase("/api/order-issue/999")]
    [TestCase("/swagger/index.html")]
    [TestCase("/swagger/v1/swagger.json")]
    [TestCase("/swagger/swagger-ui.css")]
    [TestCase("/swagger/nothing")]
    public async Task Are_the_same_for_HEAD_as_for_GET(string path)
    {
        var created = (await Shared.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);
        var target = string.Format(null, path, created.IssueId, created.Data["OrderId"]);
        var read = await Shared.Api.GetAsync(target);

        var head = await Shared.Api.SendAsync(new HttpRequestMessage(HttpMethod.Head, target));

        static IEnumerable<string> Fields(Answer answer) =>
            from field in answer.Headers.Concat(answer.ContentHeaders)
            where field.Key is not ("Date" or "Transfer-Encoding" or "Content-Length")
            select $"{field.Key}: {string.Join(", ", field.Value)}";
        Assert.That(Fields(head), Is.EquivalentTo(Fields(read)));
        Assert.That((head.Status, head.Text), Is.EqualTo((read.Status, "")));
    }

    /// <summary>It has scripts and styles of its own, and a script within the page.</summary>
    [Test]
    public async Task Leave_the_page_to_try_things_out_its_scripts()
    {
        var page = await Shared.Api.GetAsync("/swagger/index.html");

        AssertHeaders(
            page,
            "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        Assert.That(page.Text, Does.Not.Contain("src=\"http").And.Not.Contain("href=\"http"));
    }

    /// <summary>A browser would hold a developer to it for all that runs on the machine.</summary>
    [TestCase("issues.example.com", "max-age=31536000")]
    [TestCase("localhost", null)]
    public async Task Hold_browsers_to_HTTPS_once_they_came_by_it(string host, string? expected)
    {
        using var service = FakeConnection.Start();

        var answer = await service.Api.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/nothing") { Headers = { { FakeConnection.Https, "1" }, { "Host", host } } });

        Assert.That(answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values.Single() : null, Is.EqualTo(expected));
    }

    private static void AssertHeaders(Answer answer, string content)
    {
        Assert.That(Of("X-Content-Type-Options"), Is.EqualTo("nosniff"));
        Assert.That(Of("Content-Security-Policy"), Is.EqualTo(content));
        Assert.That(Of("Referrer-Policy"), Is.EqualTo("no-referrer"));
        Assert.That(Of("Cross-Origin-Resource-Policy"), Is.EqualTo("same-origin"));
        Assert.That(Of("Strict-Transport-Security"), Is.Null, "This isn't HTTPS.");
        Assert.That(Of("Server"), Is.Null);
        Assert.That(Of("X-Powered-By"), Is.Null);

        string? Of(string name) => answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;
    }
}
