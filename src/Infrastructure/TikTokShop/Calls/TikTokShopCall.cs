using System.Net.Http.Headers;
using System.Text.Json;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.TikTokShop.Calls;

/// <summary>Words that TikTok Shop's messages use for the id of a call.</summary>
/// <param name="Parameter">Parameter or field that the id is sent in.</param>
/// <param name="Noun">Kind of record that it identifies.</param>
internal sealed record RequestedId(string Parameter, string Noun);

/// <summary>Call of TikTok Shop before it is signed.</summary>
internal sealed record TikTokShopCall
{
    private static readonly HttpRequestOptionsKey<TikTokShopCall> Option = new(nameof(TikTokShopCall));

    public required RequestedId RequestedId { get; init; }

    /// <summary>Path that begins with a slash and needs no escaping.</summary>
    public required string Path { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>JSON to post; null for a GET.</summary>
    public byte[]? Body { get; init; }

    public static TikTokShopCall Get(string path, RequestedId id, string name, string value) =>
        new() { Path = path, RequestedId = id, Query = [new(name, value)] };

    /// <summary>Creates a search by id, which TikTok Shop takes as a POST.</summary>
    public static TikTokShopCall Search(string path, RequestedId id, string value) => new()
    {
        Path = path,
        RequestedId = id,
        Body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string[]> { [id.Parameter] = [value] }),
    };

    public static TikTokShopCall Of(HttpRequestMessage request) =>
        request.Options.TryGetValue(Option, out var call)
            ? call
            : throw new InvalidOperationException("The request isn't a call of TikTok Shop.");

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
