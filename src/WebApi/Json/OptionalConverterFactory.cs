using System.Text.Json;
using System.Text.Json.Serialization;
using OrderIssues.Domain;

namespace OrderIssues.WebApi.Json;

/// <summary>Reads every <see cref="Optional{T}"/> as its value is read.</summary>
internal sealed class OptionalConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        var type = typeToConvert.GetGenericArguments()[0];
        return (JsonConverter)Activator.CreateInstance(typeof(OptionalConverter<>).MakeGenericType(type), options.GetConverter(type))!;
    }
}
