using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderIssues.WebApi.Json;

/// <summary>Reads a text that may also come as a JSON integer, as its digits.</summary>
internal sealed class DigitsConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            return reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new JsonException();
        }

        var number = Encoding.ASCII.GetString(reader.ValueSpan);
        return number.All(char.IsAsciiDigit) ? number : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
