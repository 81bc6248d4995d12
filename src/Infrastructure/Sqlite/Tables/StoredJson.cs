using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using OrderIssues.Application.Common.Input;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>JSON of list and history columns.</summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new TimeConverter(), new ValueConverter() },

        // Only this class reads it, so that JSON's minimal escaping is enough.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Writes a list, which most issues have none of.</summary>
    public static string WriteList<T>(IReadOnlyCollection<T> values) => values.Count == 0 ? "[]" : Write(values);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;

    /// <summary>Writes history times as callers see them.</summary>
    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(IsoDateTime.Write(value));
    }

    /// <summary>Reads a changed field's list, cost, text or time.</summary>
    private sealed class ValueConverter : JsonConverter<object>
    {
        public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.StartArray ? ReadList(JsonElement.ParseValue(ref reader), options)
            : reader.TokenType == JsonTokenType.StartObject ? JsonSerializer.Deserialize<Cost>(ref reader, options)
            : reader.GetString() is var text && DateTimeOffset.TryParseExact(
                text, IsoDateTime.Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time
                : text;

        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value, value.GetType(), options);

        private static object? ReadList(JsonElement list, JsonSerializerOptions options) =>
            list.EnumerateArray().Any(element => element.ValueKind == JsonValueKind.Object)
                ? list.Deserialize<IssueItem[]>(options)
                : list.Deserialize<string[]>(options);
    }
}
