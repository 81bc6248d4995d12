using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderIssues.WebApi.Json;

/// <summary>A number that may also come as text. One that isn't a number at all becomes NaN, for the validator to name.</summary>
internal sealed class QuantityConverter : JsonConverter<double?>
{
    public override double? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String => double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : double.NaN,
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, double? value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}
