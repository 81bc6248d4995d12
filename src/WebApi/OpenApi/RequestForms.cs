using NJsonSchema;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>Documents the forms that requests may have beside the one that C# types tell: numbers as texts, dates alone.</summary>
internal sealed class RequestForms(NamedSchemas schemas)
{
    /// <summary>ISO 8601 times.</summary>
    public const string TimePattern = $"^{Time}$";

    private const string Time =
        "[0-9]{4}(-[0-9]{2}-[0-9]{2}|[0-9]{4})([Tt][0-9]{2}(:?[0-9]{2}){1,2}([.,][0-9]{1,20})?([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?)?";

    /// <summary>Whole numbers from 1 to 1,000,000.</summary>
    private const string QuantityPattern = "^ *0*([1-9][0-9]{0,5}|1000000) *$";

    private JsonSchema TextOrInteger => schemas.Reference("TextOrInteger", () =>
    {
        var schema = AnyOf(new JsonSchema { Type = JsonObjectType.String }, new JsonSchema { Type = JsonObjectType.Integer, Minimum = 0 });
        schema.Description = "Text, or an integer that is taken as its digits.";
        return schema;
    });

    public void Complete(string name, JsonSchemaProperty property)
    {
        switch (name)
        {
            case "OrderId" or "ticketId" or "sku":
                NamedSchemas.Replace(property, TextOrInteger);
                break;
            case "qty":
                NamedSchemas.Replace(property, schemas.Reference("Quantity", () => AnyOf(
                    new JsonSchema { Type = JsonObjectType.Integer, Minimum = 1, Maximum = FieldLimits.Qty },
                    new JsonSchema { Type = JsonObjectType.String, Pattern = QuantityPattern })));
                break;
            case "trackingNumber":
                TakeOneOrMany(property, "TrackingNumbers", FieldLimits.TrackingNumber);
                break;
            case "tags" or "addTags" or "removeTags":
                TakeOneOrMany(property, "Tags", FieldLimits.Tag);
                break;
            case "issueIds":
                property.UniqueItems = true;
                (property.Item!.MinLength, property.Item.MaxLength, property.IsNullableRaw) = (1, FieldLimits.IssueId, null);
                break;
            case "filter" or "expect" or "change":
                property.IsNullableRaw = null;
                break;
            case "priority":
                var word = schemas.Reference(Vocabulary.OfField("", name)!);
                var number = new JsonSchema { Type = JsonObjectType.Integer, Minimum = 1, Maximum = Priorities.All.Count };
                (property.MaxLength, property.IsNullableRaw) = (null, true);
                property.AnyOf.Clear();
                NamedSchemas.Replace(property, schemas.Reference("PriorityOrNumber", () => AnyOf(word, number)));
                break;
            case "cost":
                var parts = property.AllOf.Single();
                property.AllOf.Clear();
                NamedSchemas.Replace(property, parts);
                break;
            case "items":
                NamedSchemas.Replace(property, schemas.Reference("Items", () => AnyOf(
                    ListOf(property), new JsonSchema { Type = JsonObjectType.String, Enumeration = { "" } })));
                break;
        }

        if (property.Format is JsonFormatStrings.DateTime)
        {
            (property.Format, property.Pattern) = (null, $"^({Time})?$");
        }
    }

    private void TakeOneOrMany(JsonSchemaProperty property, string schemaName, int maxLength)
    {
        property.Item = new JsonSchema { AllOf = { TextOrInteger }, MaxLength = maxLength, MinLength = 1 };
        var bare = new JsonSchema { AllOf = { TextOrInteger }, MaxLength = maxLength };
        NamedSchemas.Replace(property, schemas.Reference(schemaName, () => AnyOf(ListOf(property), bare)));
    }

    private static JsonSchema ListOf(JsonSchema property) =>
        new() { Type = JsonObjectType.Array, Item = property.Item, MaxItems = property.MaxItems };

    private static JsonSchema AnyOf(params JsonSchema[] forms)
    {
        var schema = new JsonSchema();
        Array.ForEach(forms, schema.AnyOf.Add);
        return schema;
    }
}
