using System.Net;
using System.Net.Sockets;
using System.Text;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Errors;

/// <summary>A caller is told what is wrong with its body, and where.</summary>
public sealed class MalformedBodyTests
{
    private const string Create = "/api/order-issue/create";

    [TestCase("", "The body is empty.")]
    [TestCase("{", "The body isn't JSON: see line 1, column 2.")]
    [TestCase("""{"a":1},""", "The body isn't JSON: see line 1, column 8.")]
    [TestCase("{\n  \"notes\": \"\u82b1\", x }", "The body isn't JSON: see line 2, column 17.")]
    [TestCase("{\r\n\r\n\"notes\": NaN }", "The body isn't JSON: see line 3, column 10.")]
    [TestCase("[1]", "The body must be a JSON object.")]
    [TestCase("null", "The body must be a JSON object.")]
    [TestCase("\"text\"", "The body must be a JSON object.")]
    [TestCase("""{"notes":1}""", "The key notes has a value of the wrong JSON type, or one that isn't well-formed Unicode.")]
    [TestCase("""{"notes":"\ud800"}""", "The key notes has a value of the wrong JSON type, or one that isn't well-formed Unicode.")]
    [TestCase("""{"items":[{"sku":"a"},{"qty":{}}]}""", "The key items[1].qty has a value of the wrong JSON type, or one that isn't well-formed Unicode.")]
    [TestCase("""{"trackingNumber":["a",true]}""", "The key trackingNumber has a value of the wrong JSON type, or one that isn't well-formed Unicode.")]
    [TestCase("""{"OrderId":"a","source":"email","OrderId":"b"}""", "The key OrderId comes twice.")]
    [TestCase("""{"\ud800":1}""", "The key \"\\ud800\" isn't well-formed Unicode: see line 1, column 2.")]
    [TestCase("{\"notes\":\"花\",\n \"a\\udc00b\": 1}", "The key \"a\\udc00b\" isn't well-formed Unicode: see line 2, column 2.")]
    [TestCase("""{"items":[{"sku":"a","\ud800":1}]}""", "The key \"\\ud800\" isn't well-formed Unicode: see line 1, column 22.")]
    [TestCase("""{"items":[{"sku":"\ud800"}],"\ud800":1}""", "The key items[0].sku has a value of the wrong JSON type, or one that isn't well-formed Unicode.")]
    public async Task Tells_what_is_wrong_and_where(string body, string detail)
    {
        var answer = (await Shared.Api.PostAsync(Create, body)).Failed(HttpStatusCode.BadRequest, "malformed_body");

        Assert.That((string?)answer.Body["detail"], Is.EqualTo(detail));
    }

    [TestCase(31, null)]
    [TestCase(32, "The body is nested deeper than 32.")]
    [TestCase(900, "The body is nested deeper than 32.")]
    public async Task Tells_what_is_nested_too_deep(int arrays, string? detail)
    {
        var answer = await Shared.Api.PostAsync(Create, $"{{\"x\":{new string('[', arrays)}{new string(']', arrays)}}}");

        Assert.That((string?)answer.Body["detail"], detail is null ? Does.Contain("rules") : Is.EqualTo(detail));
    }

    [TestCase("application/json; charset=utf-16", null, "The body must be in UTF-8: name that charset in Content-Type, or none.")]
    [TestCase("application/json", "gzip", "The body must not be compressed: Content-Encoding isn't supported.")]
    [TestCase("text/plain", null, "The body must be JSON (application/json).")]
    public async Task Tells_what_isnt_supported(string mediaType, string? coding, string detail)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Create) { Content = new ByteArrayContent("{}"u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        if (coding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(coding);
        }

        var answer = (await Shared.Api.SendAsync(request)).Failed(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");

        Assert.That((string?)answer.Body["detail"], Is.EqualTo(detail));
    }

    [TestCase("")]
    [TestCase("Expect: 100-continue\r\n")]
    public async Task Refuses_a_body_by_its_announced_length_before_it_comes(string expect)
    {
        using var socket = new TcpClient(Shared.Api.Address.Host, Shared.Api.Address.Port);
        var stream = socket.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {Create} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1048577\r\n{expect}\r\n"));

        using var reader = new StreamReader(stream);
        Assert.That(await reader.ReadLineAsync(), Is.EqualTo("HTTP/1.1 413 Payload Too Large"));
    }

    [TestCase("2025-11-20T10:00:00+15:00", "its offset is beyond 14:00")]
    [TestCase("2025-11-20T10:00:00-14:01", "its offset is beyond 14:00")]
    [TestCase("2025-11-20T10:00:00 09:00", "it has a blank where the offset's + belongs, which a URL writes as %2B")]
    [TestCase("2025-11-20T10:00:00.5 0900", "it has a blank where the offset's + belongs, which a URL writes as %2B")]
    [TestCase("2025-11-20 10:00", "it has a blank where a T belongs")]
    [TestCase("2016-12-31T23:59:60Z", "leap seconds aren't taken")]
    [TestCase("2025-02-30", "there is no such date or time")]
    [TestCase("2025-11-20T25:00Z", "there is no such date or time")]
    [TestCase("2025-11-20T1000Z", "it mixes the basic and the extended format")]
    [TestCase("1999-12-31", null)]
    [TestCase("yesterday", null)]
    public async Task Tells_what_is_wrong_with_a_date(string date, string? fault)
    {
        var body = Api.Minimal();
        body["shipped_at"] = date;
        var expected = $"must be an ISO 8601 date or date-time between the years 2000 and 2100{(fault is null ? "" : $": {fault}")}";

        var created = (await Shared.Api.CreateAsync(body)).Failed(HttpStatusCode.BadRequest, "validation_failed");
        var listed = (await Shared.Api.GetAsync($"/api/order-issue?createdFrom={Uri.EscapeDataString(date)}")).Failed(HttpStatusCode.BadRequest, "validation_failed");

        Assert.That((string?)created.Body["errors"]!["shipped_at"]![0], Is.EqualTo(expected));
        Assert.That((string?)listed.Body["errors"]!["createdFrom"]![0], Is.EqualTo(expected));
    }
}
