using System.Net;

namespace OrderIssues.WebApi.FunctionalTests.Limits;

/// <summary>What the server itself takes of a request's head. The next byte is refused in <see cref="HostileInput.HostileHead"/>.</summary>
public sealed class ServerLimitTests
{
    private const string Host = "Host: x\r\nConnection: close\r\n";

    [TestCase(8_100, HttpStatusCode.NotFound)]
    [TestCase(8_200, HttpStatusCode.RequestUriTooLong)]
    public async Task A_request_line_may_have_8_KiB(int length, HttpStatusCode status) =>
        Assert.That((await Shared.Api.SendRawAsync($"GET /{new string('x', length - 20)} HTTP/1.1\r\n{Host}\r\n")).Status, Is.EqualTo(status));

    [TestCase(32_000, HttpStatusCode.NotFound)]
    [TestCase(33_000, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task Headers_may_have_32_KiB_together(int length, HttpStatusCode status)
    {
        var headers = string.Concat(Enumerable.Range(0, 50).Select(i => $"X-{i:00}: {new string('x', (length / 50) - 8)}\r\n"));

        Assert.That((await Shared.Api.SendRawAsync($"GET /nothing HTTP/1.1\r\n{Host}{headers}\r\n")).Status, Is.EqualTo(status));
    }

    [TestCase(98, HttpStatusCode.NotFound)]
    [TestCase(99, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task There_may_be_100_headers(int others, HttpStatusCode status)
    {
        var headers = string.Concat(Enumerable.Range(0, others).Select(i => $"X-{i}: x\r\n"));

        Assert.That((await Shared.Api.SendRawAsync($"GET /nothing HTTP/1.1\r\n{Host}{headers}\r\n")).Status, Is.EqualTo(status));
    }
}
