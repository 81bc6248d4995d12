using System.Net;
using System.Text.Json.Serialization;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.TikTokShop.Calls;

/// <summary>Envelope of every TikTok Shop answer.</summary>
internal sealed record TikTokShopEnvelope
{
    private static readonly HttpRequestOptionsKey<TikTokShopEnvelope?> Option = new(nameof(TikTokShopEnvelope));

    /// <summary>Numbers come as text in places.</summary>
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new LenientConverter<string>() },
    };

    /// <summary>0 for success, else one of <see cref="TikTokShopCodes"/>.</summary>
    public required long Code { get; init; }

    /// <summary>Words that may repeat the request.</summary>
    public string? Message { get; init; }

    /// <summary>Id that TikTok's support finds the request by.</summary>
    public string? RequestId { get; init; }

    public JsonElement Data { get; init; }

    /// <summary>Last answer's envelope; null when not TikTok Shop's.</summary>
    public static TikTokShopEnvelope? Of(HttpRequestMessage request) => request.Options.TryGetValue(Option, out var answer) ? answer : null;

    /// <summary>Reads UTF-8, whatever the header says (RFC 8259).</summary>
    public static async Task<TikTokShopEnvelope?> ReadAsync(
        HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        TikTokShopEnvelope? answer = null;
        try
        {
            answer = JsonSerializer.Deserialize<TikTokShopEnvelope>(bytes, Json);
        }
        catch (JsonException)
        {
            // For example an error page of a proxy.
        }

        request.Options.Set(Option, answer);
        return answer;
    }

    /// <exception cref="JsonException">The data is absent or has another form.</exception>
    public T DataAs<T>() => (Data.ValueKind == JsonValueKind.Undefined ? default : Data.Deserialize<T>(Json)) ?? throw new JsonException();
}

/// <summary>Corrects statuses: TikTok Shop sends failures as 200.</summary>
internal sealed class EnvelopeHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var answer = await TikTokShopEnvelope.ReadAsync(request, response, cancellationToken);
        response.StatusCode = answer?.Code switch
        {
            TikTokShopCodes.RateLimited => HttpStatusCode.TooManyRequests,
            TikTokShopCodes.InternalError => HttpStatusCode.InternalServerError,
            TikTokShopCodes.Timeout => HttpStatusCode.GatewayTimeout,
            _ => response.StatusCode,
        };
        return response;
    }
}
