using NJsonSchema;
using NSwag;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>Schemas with names, so that generated code can have a type for each.</summary>
internal sealed class NamedSchemas(OpenApiDocument document)
{
    public JsonSchema Reference(Vocabulary vocabulary) => Reference(vocabulary.Name, vocabulary.ToSchema);

    /// <summary>Refers to the schema of this name, which is made where there is none.</summary>
    public JsonSchema Reference(string name, Func<JsonSchema> make)
    {
        if (!document.Definitions.TryGetValue(name, out var schema))
        {
            document.Definitions[name] = schema = make();
        }

        return new JsonSchema { Reference = schema };
    }

    /// <summary>Gives a property this schema, and null if it had it.</summary>
    public static void Replace(JsonSchemaProperty property, JsonSchema reference)
    {
        property.Type = JsonObjectType.None;
        property.Item = null;
        property.Minimum = property.Maximum = null;
        property.MaxItems = property.MinItems = 0;
        if (property.IsNullableRaw != true)
        {
            property.AllOf.Add(reference);
            return;
        }

        // OpenAPI 3.0 knows null only beside a type.
        property.IsNullableRaw = null;
        property.AnyOf.Add(reference);
        property.AnyOf.Add(new JsonSchema { Type = JsonObjectType.String, IsNullableRaw = true, Enumeration = { null } });
    }
}
