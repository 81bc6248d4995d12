using NJsonSchema;
using NSwag;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>Completes what the C# types of fields don't tell: their words, and the other forms that requests may have.</summary>
// Unions are schemas with names, so that generated code can have a type for each.
internal sealed class FieldSchemas(OpenApiDocument document)
{
    /// <summary>ISO 8601 times.</summary>
    public const string TimePattern = $"^{Time}$";

    private const string Time =
        "[0-9]{4}(-[0-9]{2}-[0-9]{2}|[0-9]{4})([Tt][0-9]{2}(:?[0-9]{2}){1,2}([.,][0-9]{1,20})?([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?)?";

    /// <summary>Whole numbers from 1 to 1,000,000.</summary>
    private const string QuantityPattern = "^ *0*([1-9][0-9]{0,5}|1000000) *$";

    /// <summary>Names of a message's author, of which one is required.</summary>
    private static readonly string[] Authors = ["username", "userName"];

    public static void Complete(OpenApiDocument document)
    {
        var schemas = new FieldSchemas(document);
        foreach (var (name, type) in document.Definitions.ToList())
        {
            schemas.Complete(type, isRequest: name.EndsWith("Request", StringComparison.Ordinal));
        }
    }

    /// <summary>Names a vocabulary's schema.</summary>
    public JsonSchema Reference(Vocabulary vocabulary) => Reference(vocabulary.Name, vocabulary.ToSchema);

    private void Complete(JsonSchema type, bool isRequest)
    {
        foreach (var (name, property) in type.Properties)
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

            if (isRequest)
            {
                property.Item?.IsNullableRaw = null;
            }

            if (!isRequest || property.IsRequired || Authors.Contains(name))
            {
                property.IsNullableRaw = null; // Absent values are left out.
            }
            else if (property.IsNullableRaw == true)
            {
                property.MinLength = null; // An empty text is none.
            }

            if (property.Type == JsonObjectType.String && Vocabulary.ByName.TryGetValue(name, out var vocabulary))
            {
                Replace(property, Reference(vocabulary));
            }

            if (isRequest)
            {
                CompleteForms(name, property);
            }
        }

        if (isRequest && type.AllowAdditionalProperties)
        {
            type.AdditionalPropertiesSchema = new JsonSchema();
        }

        foreach (var name in Authors.Where(name => isRequest && type.Properties.ContainsKey(name)))
        {
            type.AnyOf.Add(new JsonSchema { RequiredProperties = { name } });
        }
    }

    private void CompleteForms(string name, JsonSchemaProperty property)
    {
        switch (name)
        {
            case "OrderId" or "ticketId" or "sku":
                Replace(property, TextOrInteger);
                break;
            case "qty":
                Replace(property, Reference("Quantity", () => AnyOf(
                    new JsonSchema { Type = JsonObjectType.Integer, Minimum = 1, Maximum = FieldLimits.Qty },
                    new JsonSchema { Type = JsonObjectType.String, Pattern = QuantityPattern })));
                break;
            case "trackingNumber":
                property.Item = Limited(TextOrInteger, FieldLimits.TrackingNumber, minLength: 1);
                Replace(property, Reference("TrackingNumbers", () => AnyOf(ListOf(property), TextOrInteger)));
                break;
            case "items":
                Replace(property, Reference("Items", () => AnyOf(
                    ListOf(property), new JsonSchema { Type = JsonObjectType.String, Enumeration = { "" } })));
                break;
        }

        if (property.Format is JsonFormatStrings.DateTime)
        {
            (property.Format, property.Pattern) = (null, $"^({Time})?$");
        }

        if (property.Format is JsonFormatStrings.Email)
        {
            property.Format = null; // It takes letters of any script.
        }
    }

    private JsonSchema TextOrInteger => Reference("TextOrInteger", () =>
    {
        var schema = AnyOf(new JsonSchema { Type = JsonObjectType.String }, new JsonSchema { Type = JsonObjectType.Integer, Minimum = 0 });
        schema.Description = "Text, or an integer that is taken as its digits.";
        return schema;
    });

    private JsonSchema Reference(string name, Func<JsonSchema> make)
    {
        if (!document.Definitions.TryGetValue(name, out var schema))
        {
            document.Definitions[name] = schema = make();
        }

        return new JsonSchema { Reference = schema };
    }

    private static void Replace(JsonSchemaProperty property, JsonSchema reference)
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

    private static JsonSchema Limited(JsonSchema reference, int maxLength, int minLength) =>
        new() { AllOf = { reference }, MaxLength = maxLength, MinLength = minLength };

    private static JsonSchema ListOf(JsonSchema property) =>
        new() { Type = JsonObjectType.Array, Item = property.Item, MaxItems = property.MaxItems };

    private static JsonSchema AnyOf(params JsonSchema[] forms)
    {
        var schema = new JsonSchema();
        Array.ForEach(forms, schema.AnyOf.Add);
        return schema;
    }
}
