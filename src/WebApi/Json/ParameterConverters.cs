using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace OrderIssues.WebApi.Json;

/// <summary>Reads parameters of a query that come in a body: texts, numbers or booleans, alone or in lists.</summary>
internal static class ParameterConverters
{
    private static readonly ParameterConverter One = new();
    private static readonly ParameterListConverter Many = new();

    /// <summary>Has the properties that are parameters of queries, too, read alike.</summary>
    public static void Modify(JsonTypeInfo type)
    {
        var parameters = type.Properties
            .Where(property => property.AttributeProvider?.IsDefined(typeof(FromQueryAttribute), inherit: true) == true);
        foreach (var property in parameters)
        {
            property.CustomConverter = property.PropertyType == typeof(string) ? One : Many;
        }
    }

    private static string ReadText(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.True or JsonTokenType.False or JsonTokenType.Number => Encoding.ASCII.GetString(reader.ValueSpan),
        _ => throw new JsonException(),
    };

    private static List<string> ReadList(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return [ReadText(ref reader)];
        }

        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            texts.Add(ReadText(ref reader));
        }

        return texts;
    }

    private sealed class ParameterConverter : JsonConverter<string>
    {
        public override bool HandleNull => true;

        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ReadList(ref reader) is [var text] ? text : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    private sealed class ParameterListConverter : JsonConverter<IReadOnlyList<string>>
    {
        public override bool HandleNull => true;

        public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ReadList(ref reader);

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.ToArray(), options);
    }
}
