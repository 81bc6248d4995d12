using System.Net.Http.Headers;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.TikTokShop.Calls;

/// <summary>Call of TikTok Shop before it is signed.</summary>
internal sealed record TikTokShopCall
{
    private static readonly HttpRequestOptionsKey<TikTokShopCall> Option = new(nameof(TikTokShopCall));

    public required RequestedId RequestedId { get; init; }

    /// <summary>Path with a slash first, needing no escaping.</summary>
    public required string Path { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>JSON to post; null for a GET.</summary>
    public byte[]? Body { get; init; }

    public static TikTokShopCall Get(string path, RequestedId id, string name, string value) =>
        new() { Path = path, RequestedId = id, Query = [new(name, value)] };

    public static TikTokShopCall Search(string path, RequestedId id, string value) => new()
    {
        Path = path,
        RequestedId = id,
        Body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string[]> { [id.Parameter] = [value] }),
    };

    public static TikTokShopCall Of(HttpRequestMessage request) =>
        request.Options.TryGetValue(Option, out var call)
            ? call : throw new InvalidOperationException("The request isn't a call of TikTok Shop.");

    public HttpRequestMessage ToRequest()
    {
        var request = TicketHttp.Get(Path);
        if (Body is not null)
        {
            request.Method = HttpMethod.Post;
            request.Content = new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        request.Options.Set(Option, this);
        return request;
    }
}

/// <summary>Calls TikTok Shop's Open API (https://partner.tiktokshop.com/docv2).</summary>
internal sealed class TikTokShopClient(IHttpClientFactory clients, TikTokShopErrors errors)
{
    /// <returns>Data of the answer; null when TikTok Shop has no record of the requested id.</returns>
    /// <exception cref="JsonException">The answer has another form.</exception>
    public async Task<T?> AskAsync<T>(TikTokShopCall call, CancellationToken cancellationToken) where T : class
    {
        using var http = clients.CreateClient(Channels.TikTok);
        using var request = call.ToRequest();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var answer = TikTokShopEnvelope.Of(request);
        return answer is { Code: not 0 } && TikTokShopErrors.IsOfId(answer, call.RequestedId) ? null : errors.DataOf<T>(answer, response);
    }
}
