using System.Text.Json.Serialization;

namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>Reads a malformed value as null.</summary>
internal sealed class LenientConverter<T> : JsonConverter<T?>
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonElement.ParseValue(ref reader);
        try
        {
            return value.Deserialize<T>();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) => throw new NotSupportedException();
}
