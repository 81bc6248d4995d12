using System.Text.Json.Nodes;
using OrderIssues.WebApi.FunctionalTests.HostileInput;

namespace OrderIssues.WebApi.FunctionalTests.Documents;

/// <summary>The values at the edges of what a schema allows.</summary>
internal sealed class SchemaEdges(DescribedOperation operation)
{
    private static readonly string[] Times = ["2000-01-01", "20991231", "2025-11-19T22:36", "2025-11-19t22:36:28,123+0530", "20251119T223628Z"];
    private static readonly string[] Quantities = ["1", "1000000", " 007 "];

    private static readonly string[] Addresses =
        ["a@b", $"{new string('a', 64)}@{string.Join('.', Enumerable.Repeat(new string('b', 50), 5))}", "太郎@例え.jp"];

    /// <summary>Values of fields whose rules a schema can't tell.</summary>
    private static readonly Dictionary<string, JsonNode[]> Known = new()
    {
        ["from"] = [1],
        ["to"] = [1],
        ["query"] = ["status=open", "?limit=1", $"status=open{string.Concat(Enumerable.Repeat("&sku=" + new string('a', 95), 39))}"],
        ["currency"] = ["EUR", "usd"],
        ["channel"] = ["freshdesk", "EMAIL"],
        ["source"] = ["freshdesk", "Tiktok", "freshdesk-us"],
        ["customerEmail"] = ["", .. Addresses],
        ["email"] = [.. Addresses],
    };

    public IEnumerable<JsonNode?> Of(string name, JsonNode schema)
    {
        var nulls = (bool?)schema["nullable"] == true ? new JsonNode?[] { null } : [];
        var isKnown = Known.TryGetValue(name, out var known) && schema["items"] is null && schema["$ref"] is null;
        var values = isKnown ? known!.Select(value => value.DeepClone()) : Of(schema.AsObject(), name);
        return nulls.Concat(values);
    }

    private IEnumerable<JsonNode?> Of(JsonObject schema, string name)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Of(operation.Referenced(reference), name);
        }

        if ((schema["allOf"] ?? schema["anyOf"]) is JsonArray forms && schema["properties"] is null)
        {
            return forms.SelectMany(form => Of(Beside(schema, form!), name));
        }

        if (schema["enum"] is JsonArray words)
        {
            return words.Select(word => word?.DeepClone());
        }

        return (string?)schema["type"] switch
        {
            "string" => Texts(schema).Select(text => (JsonNode?)text),
            "integer" => [(long?)(decimal?)schema["minimum"] ?? 0, (long?)(decimal?)schema["maximum"] ?? long.MaxValue],
            "number" => [(decimal)schema["minimum"]!, (decimal)schema["maximum"]!, 0.01m],
            "boolean" => [true, false],
            "array" => Lists(schema, name),
            "object" => Objects(schema),
            var other => throw new NotSupportedException(other),
        };
    }

    private JsonObject Beside(JsonObject schema, JsonNode form)
    {
        var merged = ((string?)form["$ref"] is { } reference ? operation.Referenced(reference) : form).DeepClone().AsObject();
        foreach (var (key, value) in schema.Where(member => member.Key is "minLength" or "maxLength"))
        {
            merged[key] = value!.DeepClone();
        }

        return merged;
    }

    private static IEnumerable<string> Texts(JsonObject schema) => (string?)schema["pattern"] switch
    {
        { } pattern when pattern.Contains("[Tt]", StringComparison.Ordinal) => pattern.StartsWith("^(", StringComparison.Ordinal) ? Times.Append("") : Times,
        { } => Quantities,
        null => new[] { (int?)schema["minLength"] ?? 0, (int?)schema["maxLength"] ?? 50 }.Select(length => new string('a', length)),
    };

    private IEnumerable<JsonNode?> Lists(JsonObject schema, string name)
    {
        var items = Of(name, schema["items"]!).ToList();
        var (least, most) = ((int?)schema["minItems"] ?? 0, (int?)schema["maxItems"] ?? 3);
        var isUnique = (bool?)schema["uniqueItems"] == true && most > items.Count;
        return items.Select(item => new JsonArray(item?.DeepClone()))
            .Prepend(new JsonArray([.. items.Take(least).Select(item => item?.DeepClone())]))
            .Append(new JsonArray([.. Enumerable.Range(0, most).Select(n => isUnique ? $"{n}" : items[n % items.Count]?.DeepClone())]));
    }

    private IEnumerable<JsonNode?> Objects(JsonObject schema) =>
        from property in schema["properties"]!.AsObject()
        from value in Of(property.Key, property.Value!)
        let example = operation.ExampleOf(schema)
        select new JsonObject(example.Where(member => member.Key != property.Key).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))
            .Append(KeyValuePair.Create<string, JsonNode?>(property.Key, value?.DeepClone())));
}
