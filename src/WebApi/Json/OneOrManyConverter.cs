using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderIssues.WebApi.Json;

/// <summary>A list of texts that may also come as one bare text.</summary>
internal sealed class OneOrManyConverter : JsonConverter<IReadOnlyList<string?>>
{
    public override IReadOnlyList<string?>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? [reader.GetString()] : JsonSerializer.Deserialize<string?[]>(ref reader, options);

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string?> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.ToArray(), options);
}
