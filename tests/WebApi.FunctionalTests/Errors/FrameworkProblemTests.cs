using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Errors;

/// <summary>What the framework refuses by itself has the same form as what the service refuses.</summary>
[TestFixture(Store.Sqlite)]
[TestFixture(Store.MongoDb)]
public sealed class FrameworkProblemTests(Store store)
{
    private const string Create = "/api/order-issue/create";

    private Api Api => Shared.On(store);

    [TestCase("/nothing")]
    [TestCase("/")]
    [TestCase("/api")]
    [TestCase("/api/order-issue")]
    [TestCase("/api/order-issue/1/2/3")]
    [TestCase("/api/issue-ticket")]
    public async Task Knows_no_other_path(string path) => (await Api.GetAsync(path)).Failed(HttpStatusCode.NotFound, "route_not_found");

    [TestCase("GET", Create, "POST")]
    [TestCase("PUT", Create, "POST")]
    [TestCase("DELETE", "/api/order-issue/1600001", "GET")]
    [TestCase("POST", "/api/order-issue/update/A", "PUT")]
    [TestCase("GET", "/api/order-issue/discussion/A", "PUT")]
    [TestCase("OPTIONS", "/api/issue-ticket/1", "GET")]
    [TestCase("TEAPOT", "/api/issue-ticket/1", "GET")]
    [TestCase("POST", "/health/live", "GET, HEAD")]
    public async Task Says_which_methods_a_path_takes(string method, string path, string allowed)
    {
        var answer = (await Api.SendAsync(new HttpRequestMessage(new HttpMethod(method), path)))
            .Failed(HttpStatusCode.MethodNotAllowed, "method_not_allowed");

        Assert.That(answer.ContentHeaders.Allow, Is.EqualTo(allowed.Split(", ")));
    }

    [TestCase("text/plain")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("multipart/form-data; boundary=x")]
    [TestCase("application/json; charset=no-such")]
    [TestCase("application/json; charset=utf-16")]
    [TestCase("application/json; charset=")]
    [TestCase("text/json")]
    [TestCase("nonsense")]
    [TestCase(null)]
    public async Task Takes_JSON_only(string? mediaType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Create) { Content = new ByteArrayContent("{}"u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);

        (await Api.SendAsync(request)).Failed(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Test]
    public async Task Takes_no_compressed_body()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Create) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Content.Headers.ContentEncoding.Add("gzip");

        (await Api.SendAsync(request)).Failed(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
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

    [TestCase("application/json")]
    [TestCase("text/plain")]
    [TestCase(null)]
    public async Task Says_that_a_body_is_missing(string? mediaType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Create) { Content = new ByteArrayContent([]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);

        (await Api.SendAsync(request)).Failed(HttpStatusCode.BadRequest, "malformed_body");
        (await Api.SendAsync(new HttpRequestMessage(HttpMethod.Post, Create))).Failed(HttpStatusCode.BadRequest, "malformed_body");
    }

    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("\"text\"")]
    [TestCase("1")]
    [TestCase("{")]
    [TestCase("{,}")]
    [TestCase("{}}")]
    [TestCase("{} {}")]
    [TestCase("not json")]
    [TestCase("{'OrderId': 'A'}")]
    [TestCase("""{ "OrderId": "A", }""")]
    [TestCase("""{ /* comment */ "OrderId": "A" }""")]
    [TestCase("""{ "OrderId": NaN }""")]
    [TestCase("""{ "OrderId": 1 }""")]
    [TestCase("""{ "OrderId": true }""")]
    [TestCase("""{ "OrderId": { "$gt": "" } }""")]
    [TestCase("""{ "OrderId": ["A"] }""")]
    [TestCase("""{ "OrderId": "A", "OrderId": "B" }""")]
    [TestCase("""{ "OrderId": "\ud800" }""")]
    [TestCase("""{ "\ud800": "A" }""")]
    [TestCase("""{ "ticketId": 1.5 }""")]
    [TestCase("""{ "ticketId": -1 }""")]
    [TestCase("""{ "ticketId": 1e309 }""")]
    [TestCase("""{ "ticketId": true }""")]
    [TestCase("""{ "ticketId": {} }""")]
    [TestCase("""{ "items": {} }""")]
    [TestCase("""{ "items": "a" }""")]
    [TestCase("""{ "items": ["a"] }""")]
    [TestCase("""{ "items": [{ "sku": 1 }] }""")]
    [TestCase("""{ "items": [{ "qty": true }] }""")]
    [TestCase("""{ "items": [{ "qty": {} }] }""")]
    [TestCase("""{ "items": [{ "qty": "\ud800" }] }""")]
    [TestCase("""{ "trackingNumber": 1 }""")]
    [TestCase("""{ "trackingNumber": [1] }""")]
    [TestCase("""{ "trackingNumber": [["a"]] }""")]
    [TestCase("""{ "trackingNumber": {} }""")]
    [TestCase("""{ "customerReachedAt": 1763591788 }""")]
    public async Task Says_that_a_body_is_malformed(string body) =>
        (await Api.PostAsync(Create, body)).Failed(HttpStatusCode.BadRequest, "malformed_body");

    [TestCase("""{ "items": [{ "sku": "a" }, { "sku": 1 }] }""", "items[1].sku")]
    [TestCase("""{ "shipped_at": 1 }""", "shipped_at")]
    [TestCase("""{ "trackingNumber": ["a", 1] }""", "trackingNumber")]
    [TestCase("""{ "OrderId": "A", "OrderId": "B" }""", "OrderId")]
    public async Task Says_where_a_body_is_malformed(string body, string field) =>
        Assert.That((string?)(await Api.PostAsync(Create, body)).Body["detail"], Does.Contain($" at {field}:"));

    [TestCase(32, HttpStatusCode.Created)]
    [TestCase(33, HttpStatusCode.BadRequest)]
    [TestCase(1000, HttpStatusCode.BadRequest)]
    public async Task Takes_32_levels_of_nesting(int levels, HttpStatusCode status)
    {
        var body = Api.Minimal().ToJsonString();
        body = $"{body[..^1]},\"unknown\":{new string('[', levels - 1)}{new string(']', levels - 1)}}}";

        Assert.That((await Api.PostAsync(Create, body)).Status, Is.EqualTo(status));
    }

    [TestCase(new byte[] { 0xFF, 0xFE })]
    [TestCase(new byte[] { (byte)'{', (byte)'"', 0xC3, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [TestCase(new byte[] { (byte)'{', (byte)'"', (byte)'x', (byte)'"', (byte)':', (byte)'"', 0xFF, (byte)'"', (byte)'}' })]
    [TestCase(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}' })]
    public async Task Says_that_bytes_are_no_UTF8(byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Create) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");

        (await Api.SendAsync(request)).Failed(HttpStatusCode.BadRequest, "malformed_body");
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

    [TestCase(false)]
    [TestCase(true)]
    public async Task Takes_a_body_of_1_MiB_and_no_more(bool chunked)
    {
        var body = Api.Minimal().ToJsonString();
        var padded = body.PadRight(1024 * 1024);

        (await Api.SendAsync(Request(padded))).Succeeded(HttpStatusCode.Created);
        (await Api.SendAsync(Request(body.PadRight((1024 * 1024) + 1)))).Failed(HttpStatusCode.RequestEntityTooLarge, "payload_too_large");
        (await Api.SendAsync(Request(body[..^1] + ",\"x\":\"" + new string('x', 2 * 1024 * 1024) + "\"}")))
            .Failed(HttpStatusCode.RequestEntityTooLarge, "payload_too_large");

        HttpRequestMessage Request(string text) => new(HttpMethod.Post, Create)
        {
            Content = new StringContent(text, Encoding.UTF8, "application/json"),
            Headers = { TransferEncodingChunked = chunked },
        };
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

    [TestCase("5\r\n{\"a\"\r\nnonsense\r\n")]
    [TestCase("ffffffffffffffff\r\n{}")]
    public async Task Says_that_the_framing_of_a_body_is_broken(string body)
    {
        var (status, text) = await Api.SendRawAsync(
            $"POST {Create} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{body}");

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(text, Does.Contain("malformed_body"));
    }
}
