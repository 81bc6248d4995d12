using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderIssues.WebApi.Json;

/// <summary>Reads an integer that may also come as text. Other numbers and other text become 0, which no quantity may be.</summary>
internal sealed class QuantityConverter : JsonConverter<long?>
{
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.Number => Integer(reader.GetDouble()),
        JsonTokenType.String => Parse(reader.GetString()!),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);

    /// <summary>
    /// Parses digits with a sign, a point or an exponent. <see cref="double.TryParse(string, out double)"/> also takes trailing NULs.
    /// </summary>
    private static long Parse(string text) =>
        text.All(c => char.IsAsciiDigit(c) || c is '.' or '-' or 'e' or 'E')
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Integer(number)
            : 0;

    /// <summary>Converts as far as doubles are exact.</summary>
    private static long Integer(double number) => double.IsInteger(number) && Math.Abs(number) <= (1L << 53) ? (long)number : 0;
}
