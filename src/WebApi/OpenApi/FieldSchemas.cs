using NJsonSchema;
using NSwag;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>Completes what the C# types of fields don't tell: their words, null, and other forms.</summary>
internal static class FieldSchemas
{
    /// <summary>Names of which one is required.</summary>
    private static readonly string[][] Alternatives = [["username", "userName"], ["email", "issueIds"]];

    /// <summary>Name of the filter in a body.</summary>
    private const string Filter = "IssueFilter";

    public static void Complete(OpenApiDocument document)
    {
        var schemas = new NamedSchemas(document);
        foreach (var (name, type) in document.Definitions.ToList())
        {
            if (name.EndsWith("Request", StringComparison.Ordinal))
            {
                CompleteRequest(name, type, new RequestForms(schemas), schemas);
            }
            else
            {
                CompleteResponse(name, type, schemas);
            }

            if (name == Filter)
            {
                CompleteFilter(type);
            }
        }
    }

    private static void CompleteResponse(string typeName, JsonSchema type, NamedSchemas schemas)
    {
        foreach (var (name, property) in type.Properties)
        {
            property.IsNullableRaw = null; // Absent values are left out.
            Complete(typeName, name, property, schemas);
        }
    }

    private static void CompleteFilter(JsonSchema type)
    {
        foreach (var (name, property) in type.Properties)
        {
            Parameters.Limit(name, property);
            property.MinItems = property.Item is null ? 0 : 1;
        }
    }

    private static void CompleteRequest(string typeName, JsonSchema type, RequestForms forms, NamedSchemas schemas)
    {
        foreach (var (name, property) in type.Properties)
        {
            property.Item?.IsNullableRaw = null;
            if (property.IsRequired || Alternatives.Any(names => names.Contains(name) && names.All(type.Properties.ContainsKey)))
            {
                property.IsNullableRaw = null;
            }
            else if (property.IsNullableRaw == true)
            {
                property.MinLength = null; // An empty text is none.
            }

            Complete(typeName, name, property, schemas);
            forms.Complete(name, property);
        }

        if (type.AllowAdditionalProperties)
        {
            type.AdditionalPropertiesSchema = new JsonSchema();
        }

        foreach (var name in Alternatives.Where(names => names.All(type.Properties.ContainsKey)).SelectMany(names => names))
        {
            type.AnyOf.Add(new JsonSchema { RequiredProperties = { name } });
        }
    }

    private static void Complete(string typeName, string name, JsonSchemaProperty property, NamedSchemas schemas)
    {
        // One of one schema is that schema.
        if (property.OneOf.Count == 1)
        {
            property.AllOf.Add(property.OneOf.Single());
            property.OneOf.Clear();
        }

        if (property.Item is { OneOf.Count: 1 } item)
        {
            property.Item = item.OneOf.Single();
        }

        if (property.Type == JsonObjectType.String && Vocabulary.OfField(typeName, name) is { } vocabulary)
        {
            NamedSchemas.Replace(property, schemas.Reference(vocabulary));
        }
    }
}
