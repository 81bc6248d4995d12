using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>A value that isn't what it should be, or that can't be read, such as a text with half a surrogate pair, is none: a ticket is worth having without.</summary>
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
