using System.Text.Json;
using System.Text.Json.Serialization;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.TikTokShop.Calls;

/// <summary>Envelope that every answer of TikTok Shop comes in.</summary>
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

    /// <summary>Failure in words, which may repeat what was asked for.</summary>
    public string? Message { get; init; }

    /// <summary>Id that TikTok's support finds the request by.</summary>
    public string? RequestId { get; init; }

    public JsonElement Data { get; init; }

    /// <summary>Envelope of the last answer to a request; null when it wasn't TikTok Shop's.</summary>
    public static TikTokShopEnvelope? Of(HttpRequestMessage request) => request.Options.TryGetValue(Option, out var answer) ? answer : null;

    /// <summary>Reads an answer as UTF-8 (RFC 8259), whatever its header says, and keeps it with the request.</summary>
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
            // A proxy's page, for example.
        }

        request.Options.Set(Option, answer);
        return answer;
    }

    /// <exception cref="JsonException">The data is absent or has another form.</exception>
    public T DataAs<T>() => (Data.ValueKind == JsonValueKind.Undefined ? default : Data.Deserialize<T>(Json)) ?? throw new JsonException();
}
