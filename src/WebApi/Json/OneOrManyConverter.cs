namespace OrderIssues.WebApi.Json;

/// <summary>Reads a list of texts or integers, or one; a blank one is none.</summary>
internal sealed class OneOrManyConverter : JsonConverter<IReadOnlyList<string?>>
{
    public override IReadOnlyList<string?>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return DigitsConverter.ReadText(ref reader) is { } text && !string.IsNullOrWhiteSpace(text) ? [text] : [];
        }

        var texts = new List<string?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            texts.Add(reader.TokenType == JsonTokenType.Null ? null : DigitsConverter.ReadText(ref reader));
        }

        return texts;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string?> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.ToArray(), options);
}
