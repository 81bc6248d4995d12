using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using OrderIssues.WebApi.FunctionalTests.Security;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>Calls the service as its callers do.</summary>
internal sealed class Api(HttpClient client)
{
    public Uri Address => client.BaseAddress!;

    /// <summary>An order that no other test uses.</summary>
    public static string NewOrder() => $"A-{Guid.NewGuid():N}";

    /// <summary>The body of the smallest issue there can be.</summary>
    public static JsonObject Minimal(string? orderId = null) =>
        new() { ["OrderId"] = orderId ?? NewOrder(), ["source"] = "email", ["issueType"] = "damaged" };

    public Api WithoutRedirects() => new(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address });

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<Answer> CreateAsync(JsonNode body) => PostAsync("/api/order-issue/create", body.ToJsonString());

    public Task<Answer> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    public Task<Answer> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json);

    public Task<Answer> SendAsync(HttpMethod method, string path, string json) =>
        SendAsync(new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") });

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var answer = await Answer.ReadAsync(response);
        DescribedAnswers.Check(request, answer);
        return answer;
    }

    /// <summary>Sends these bytes and reads what comes back until the service closes the connection.</summary>
    public async Task<(HttpStatusCode Status, string Text)> SendRawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Address.Host, Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        Leaks.LookInAnswer(text);
        return ((HttpStatusCode)int.Parse(text.Split(' ')[1], null), text);
    }

    /// <summary>Sends a request whose target no client library would leave as it is.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)> SendTargetAsync(string method, string target, string json = "")
    {
        var (status, text) = await SendRawAsync(
            $"{method} {target} HTTP/1.1\r\nHost: {Address.Authority}\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");
        var start = text.IndexOf('{', StringComparison.Ordinal);
        return (status, start < 0 ? null : JsonNode.Parse(text[start..(text.LastIndexOf('}') + 1)]));
    }
}
