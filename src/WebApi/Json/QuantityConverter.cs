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
        JsonTokenType.String => Parse(reader.GetString()!),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, double? value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);

    /// <summary>Digits with a sign, a point or an exponent; <see cref="double.TryParse(string, out double)"/> also takes NULs at the end.</summary>
    private static double Parse(string text) =>
        text.All(c => char.IsAsciiDigit(c) || c is '.' or '-' or 'e' or 'E')
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : double.NaN;
}
