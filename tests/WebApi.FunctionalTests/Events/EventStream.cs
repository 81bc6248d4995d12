using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace OrderIssues.WebApi.FunctionalTests.Events;

/// <summary>A stream of events, as a client reads it.</summary>
internal sealed class EventStream : IDisposable
{
    private readonly HttpClient client;
    private readonly HttpResponseMessage response;

    private EventStream(HttpClient client, HttpResponseMessage response) => (this.client, this.response) = (client, response);

    public HttpResponseMessage Response => response;

    public static async Task<EventStream> OpenAsync(Uri address, string query = "", params (string Name, string Value)[] headers)
    {
        var client = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/issue-event/stream{query}");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return new EventStream(client, await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    /// <summary>Reads events until the stream ends.</summary>
    public async IAsyncEnumerable<(string Id, string Type, JsonNode Data)> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream, (_, data) => JsonNode.Parse(data)!).EnumerateAsync(cancellationToken))
        {
            yield return (item.EventId!, item.EventType, item.Data);
        }
    }

    /// <summary>Reads the text until the stream ends.</summary>
    public async Task<string> ReadTextAsync()
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        return await reader.ReadToEndAsync();
    }

    public void Dispose()
    {
        response.Dispose();
        client.Dispose();
    }
}
