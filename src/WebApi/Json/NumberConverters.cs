using System.Text;

namespace OrderIssues.WebApi.Json;

/// <summary>Reads an integer, also as text; others become 0.</summary>
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

    // double.TryParse alone would also take trailing NULs.
    private static long Parse(string untrimmed) =>
        untrimmed.Trim() is var text
        && text.All(c => char.IsAsciiDigit(c) || c is '.' or '-' or 'e' or 'E')
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Integer(number) : 0;

    // Doubles are exact up to 2^53.
    private static long Integer(double number) => double.IsInteger(number) && Math.Abs(number) <= (1L << 53) ? (long)number : 0;
}

/// <summary>Reads a text, or an integer's digits.</summary>
internal sealed class DigitsConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        return ReadText(ref reader);
    }

    // The exception has no message, so the serializer adds the path.
    public static string? ReadText(ref Utf8JsonReader reader)
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
