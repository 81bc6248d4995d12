using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Errors;

/// <summary>
/// What the framework refuses by itself has the same form as what the service refuses. What it refuses in bodies, paths and requests that
/// nobody in their right mind sends is in <see cref="HostileInput.HostileInputTests"/>.
/// </summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class FrameworkProblemTests(StoreKind store)
{
    private const string Create = "/api/order-issue/create";

    private Api Api => Shared.On(store);

    [TestCase("/nothing")]
    [TestCase("/swagger/nothing")]
    [TestCase("/swagger/v2/swagger.json")]
    [TestCase("/health")]
    [TestCase("/api")]
    [TestCase("/api/order-issue/1/2/3")]
    [TestCase("/api/issue-ticket")]
    public async Task Knows_no_other_path(string path) => (await Api.GetAsync(path)).Failed(HttpStatusCode.NotFound, "route_not_found");

    [TestCase("GET", Create, "POST")]
    [TestCase("PUT", Create, "POST")]
    [TestCase("DELETE", "/api/order-issue/1600001", "GET, HEAD, PATCH")]
    [TestCase("POST", "/api/order-issue/update/A", "PUT")]
    [TestCase("GET", "/api/order-issue/discussion/A", "PUT")]
    [TestCase("POST", "/api/order-issue/export", "GET, HEAD")]
    [TestCase("OPTIONS", "/api/issue-ticket/1", "GET, HEAD")]
    [TestCase("TEAPOT", "/api/issue-ticket/1", "GET, HEAD")]
    [TestCase("POST", "/health/live", "GET, HEAD")]
    [TestCase("OPTIONS", "/health/ready", "GET, HEAD")]
    [TestCase("POST", "/", "GET, HEAD")]
    [TestCase("OPTIONS", "/", "GET, HEAD")]
    [TestCase("POST", "/swagger", "GET, HEAD")]
    [TestCase("OPTIONS", "/swagger/", "GET, HEAD")]
    [TestCase("PUT", "/swagger/index.html", "GET, HEAD")]
    [TestCase("TEAPOT", "/swagger/v1/swagger.json", "GET, HEAD")]
    [TestCase("DELETE", "/swagger/swagger-ui.css", "GET, HEAD")]
    [TestCase("POST", "/SWAGGER/index.html", "GET, HEAD")]
    public async Task Says_which_methods_a_path_takes(string method, string path, string allowed)
    {
        var answer = (await Api.SendAsync(new HttpRequestMessage(new HttpMethod(method), path)))
            .Failed(HttpStatusCode.MethodNotAllowed, "method_not_allowed");

        Assert.That(answer.ContentHeaders.Allow, Is.EqualTo(allowed.Split(", ")));
    }

    [TestCase("application/json; charset=utf-8")]
    [TestCase("application/json")]
    [TestCase("APPLICATION/JSON")]
    [TestCase("application/vnd.acme+json")]
    public async Task Takes_JSON_under_its_other_names(string mediaType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Create)
        {
            Content = new StringContent(Api.Minimal().ToJsonString(), Encoding.UTF8, MediaTypeHeaderValue.Parse(mediaType)),
        };

        (await Api.SendAsync(request)).Succeeded(HttpStatusCode.Created);
    }

    /// <summary>However the bytes come in.</summary>
    [Test]
    public async Task Reads_a_number_whole_wherever_it_stands()
    {
        for (var padding = 3_600; padding < 4_100; padding += 3)
        {
            var body = Api.Minimal();
            body["notes"] = new string('n', padding);
            body["ticketId"] = 1_234_567_890_123_456_789;

            Assert.That((string?)(await Api.CreateAsync(body)).Data["ticketId"], Is.EqualTo("1234567890123456789"));
        }
    }

    [Test]
    public async Task Counts_what_is_in_the_chunks_not_the_chunks()
    {
        var body = Api.Minimal().ToJsonString().PadRight(200_000);
        var chunks = string.Concat(body.Select(c => $"1\r\n{c}\r\n"));

        var (status, text) = await Api.SendRawAsync(
            $"POST {Create} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}0\r\n\r\n");

        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), text);
    }

    [Test]
    public async Task Says_that_a_body_is_much_too_large_before_it_comes()
    {
        var (status, text) = await Api.SendRawAsync(
            $"POST {Create} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{{");

        Assert.That(status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(text, Does.Contain("payload_too_large").And.Contain("Connection: close"));
    }
}
