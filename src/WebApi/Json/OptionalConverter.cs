using OrderIssues.Domain;

namespace OrderIssues.WebApi.Json;

/// <summary>Reads a property that may be absent or null.</summary>
internal class OptionalConverter<T>(JsonConverter<T> inner) : JsonConverter<Optional<T>>
{
    public override bool HandleNull => true;

    public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? new(default) : new(inner.Read(ref reader, typeof(T), options));

    /// <exception cref="NotSupportedException">Always: only requests have such values.</exception>
    public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}

internal sealed class OptionalConverter<T, TConverter>() : OptionalConverter<T>(new TConverter())
    where TConverter : JsonConverter<T>, new();

internal sealed class OptionalConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        var type = typeToConvert.GetGenericArguments()[0];
        return (JsonConverter)Activator.CreateInstance(typeof(OptionalConverter<>).MakeGenericType(type), options.GetConverter(type))!;
    }
}
