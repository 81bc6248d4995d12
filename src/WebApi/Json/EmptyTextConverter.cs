namespace OrderIssues.WebApi.Json;

/// <summary>Reads an empty text as an absent value.</summary>
/// <param name="name">Key that has the value, for errors.</param>
internal abstract class EmptyTextConverter<T>(string name) : JsonConverter<T>
    where T : class
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && string.IsNullOrWhiteSpace(reader.GetString()))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(ref reader, options);
        }
        catch (JsonException exception)
        {
            // Its path begins at this value.
            throw new JsonException(
                exception.Message, $"$.{name}{exception.Path?[1..]}", exception.LineNumber, exception.BytePositionInLine,
                exception.InnerException);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}
