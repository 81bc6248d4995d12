using System.Text.Json;
using System.Text.Json.Serialization;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.TikTokShop.Answers;

/// <summary>What every answer of TikTok Shop comes in.</summary>
internal sealed record TikTokShopEnvelope
{
    /// <summary>Numbers come as text in places.</summary>
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new LenientConverter<string>() },
    };

    /// <summary>0, or what went wrong: <see cref="TikTokShopCodes"/>.</summary>
    public required long Code { get; init; }

    /// <summary>What went wrong, in words, which may repeat what was asked for.</summary>
    public string? Message { get; init; }

    /// <summary>What TikTok's support finds the request by.</summary>
    public string? RequestId { get; init; }

    public JsonElement Data { get; init; }

    /// <summary>Null where the answer isn't one of TikTok Shop's. JSON is UTF-8 (RFC 8259), whatever the header says.</summary>
    public static async Task<TikTokShopEnvelope?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            return JsonSerializer.Deserialize<TikTokShopEnvelope>(bytes, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="JsonException">It isn't what was expected, or there is none.</exception>
    public T DataAs<T>() => (Data.ValueKind == JsonValueKind.Undefined ? default : Data.Deserialize<T>(Json)) ?? throw new JsonException();
}
