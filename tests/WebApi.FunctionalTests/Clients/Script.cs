using System.Net;
using System.Text;

namespace OrderIssues.WebApi.FunctionalTests.Clients;

/// <summary>What happens to the first request, the second and so on; the last step happens to all that follow.</summary>
internal sealed class Script(params Step[] steps) : HttpMessageHandler
{
    public List<HttpRequestMessage> Requests { get; } = [];

    public List<string> Bodies { get; } = [];

    public IEnumerable<string?> HeadersOf(string name) =>
        Requests.Select(request => request.Headers.TryGetValues(name, out var values) ? values.Single() : null);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        Bodies.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        return await steps[Math.Min(Requests.Count, steps.Length) - 1](request, cancellationToken);
    }
}

internal delegate Task<HttpResponseMessage> Step(HttpRequestMessage request, CancellationToken cancellationToken);

internal static class Steps
{
    public const string Issue = """
        {"ok":true,"data":{"_id":"691ee7a04c1f8d2b7a000001","issueId":"1600001","OrderId":"A","status":"open","channel":"email","source":"email","issueType":"damaged",
        "items":[],"trackingNumber":[],"discussion":[],"createdAt":"2025-11-20T10:00:00.000Z","updatedAt":"2025-11-20T10:00:00.000Z","__v":0}}
        """;

    public static Step Succeed { get; } = Answer(200, Issue);

    public static Step Hang { get; } = async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        throw new InvalidOperationException("Nothing ends it but its token.");
    };

    public static Step Break { get; } = (_, _) => throw new HttpRequestException("Connection refused");

    /// <summary>The page of a proxy.</summary>
    public static Step Page(int status) => Answer(status, "<html>Bad gateway</html>", "text/html");

    public static Step Answer(int status, string body, string mediaType = "application/json", params (string Name, string Value)[] headers) => (_, _) =>
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        foreach (var (name, value) in headers)
        {
            answer.Headers.Add(name, value);
        }

        return Task.FromResult(answer);
    };

    public static Step Problem(int status, string code, params (string Name, string Value)[] headers) => Answer(
        status,
        $$$"""
        {"ok":false,"type":"urn:problem-type:order-issue:{{{code}}}","title":"Title","status":{{{status}}},"detail":"Detail.","code":"{{{code}}}","traceId":"00-1-2-00"}
        """,
        "application/problem+json",
        headers);

    /// <summary>Sends the request to where it should go, and lets half of the answer through.</summary>
    public static Step Cut(HttpMessageInvoker real) => async (request, cancellationToken) =>
    {
        using var answer = await real.SendAsync(request, cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return new(answer.StatusCode) { Content = new StreamContent(new HalfStream(body)) };
    };

    public static Step Pass(HttpMessageInvoker real) => real.SendAsync;

    private sealed class HalfStream(byte[] bytes) : MemoryStream(bytes, 0, bytes.Length / 2)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new HttpIOException(HttpRequestError.ResponseEnded);

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            throw new HttpIOException(HttpRequestError.ResponseEnded);
    }
}
