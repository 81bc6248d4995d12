using System.Net.Http.Headers;
using System.Text.Json;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.TikTokShop.Calls;

/// <summary>Something asked of TikTok Shop, before it is signed.</summary>
internal sealed record TikTokShopCall
{
    private static readonly HttpRequestOptionsKey<TikTokShopCall> Option = new(nameof(TikTokShopCall));

    /// <summary>Begins with a slash and needs no escaping.</summary>
    public required string Path { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>A body of JSON, which is posted; null for a GET.</summary>
    public byte[]? Body { get; init; }

    public static TikTokShopCall Get(string path, string name, string value) => new() { Path = path, Query = [new(name, value)] };

    /// <summary>A search by ids, which TikTok Shop takes as a POST.</summary>
    public static TikTokShopCall Search(string path, string field, string id) =>
        new() { Path = path, Body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string[]> { [field] = [id] }) };

    /// <summary>The call of a request.</summary>
    public static TikTokShopCall Of(HttpRequestMessage request) =>
        request.Options.TryGetValue(Option, out var call) ? call : throw new InvalidOperationException("The request isn't a call of TikTok Shop.");

    public HttpRequestMessage ToRequest(string accessToken)
    {
        var request = TicketHttp.Get(Path);
        if (Body is not null)
        {
            request.Method = HttpMethod.Post;
            request.Content = new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        request.Headers.Add("x-tts-access-token", accessToken);
        request.Options.Set(Option, this);
        return request;
    }
}
