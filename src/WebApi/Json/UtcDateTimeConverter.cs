using OrderIssues.Application.Common.Input;

namespace OrderIssues.WebApi.Json;

/// <summary>Writes UTC times as <c>2025-11-20T10:00:00.000Z</c>.</summary>
internal sealed class UtcDateTimeConverter : JsonConverter<DateTimeOffset>
{
    /// <exception cref="NotSupportedException">Always: requests have times as text, for a validator to judge.</exception>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Text(value));

    public static string Text(DateTimeOffset value) => IsoDateTime.Write(value);
}
