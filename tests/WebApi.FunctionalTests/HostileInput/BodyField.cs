using System.Text;
using System.Text.Json.Nodes;

namespace OrderIssues.WebApi.FunctionalTests.HostileInput;

/// <summary>What a field is to the table of hostile values.</summary>
internal enum FieldKind
{
    Line,
    Lines,
    Order,
    Identifier,
    Source,
    Channel,
    Status,
    Email,
    Time,
    Quantity,

    /// <summary>Sequence of an event, of which there are some.</summary>
    Sequence,
    Texts,

    /// <summary>Texts whose case doesn't count.</summary>
    Tags,
    Tag,

    /// <summary>One of a few words, or a number that stands for one.</summary>
    Priority,

    /// <summary>One of a few words.</summary>
    Word,

    /// <summary>Number with decimals.</summary>
    Amount,

    /// <summary>Object, all of whose parts must be there.</summary>
    Parts,
    Items,
    Item,

    /// <summary>Keys that the request doesn't know, and those that the service owns.</summary>
    Ignored,
}

/// <summary>A place in the body of a request that a value can be put in; everything else in the body is fine.</summary>
internal sealed record BodyField(string Path, FieldKind Kind)
{
    private const string Placeholder = "@value@";

    /// <summary>Fields whose rules their schema doesn't tell. All others are known by their type and format.</summary>
    private static readonly Dictionary<string, FieldKind> KindsByName = new()
    {
        ["OrderId"] = FieldKind.Order,
        ["ticketId"] = FieldKind.Identifier,
        ["sku"] = FieldKind.Identifier,
        ["source"] = FieldKind.Source,
        ["channel"] = FieldKind.Channel,
        ["status"] = FieldKind.Status,
        ["customerEmail"] = FieldKind.Email,
        ["customerReachedAt"] = FieldKind.Time,
        ["shipped_at"] = FieldKind.Time,
        ["dueAt"] = FieldKind.Time,
        ["tags"] = FieldKind.Tags,
        ["addTags"] = FieldKind.Tags,
        ["removeTags"] = FieldKind.Tags,
        ["priority"] = FieldKind.Priority,
        ["fault"] = FieldKind.Word,
        ["query"] = FieldKind.Word,
        ["currency"] = FieldKind.Word,
        ["amount"] = FieldKind.Amount,
        ["from"] = FieldKind.Sequence,
        ["to"] = FieldKind.Sequence,
        ["notes"] = FieldKind.Lines,
        ["message"] = FieldKind.Lines,
    };

    /// <summary>Fields that stand in for another one, which is then left out.</summary>
    public static readonly Dictionary<string, string> Instead = new() { ["userName"] = "username", ["issueIds"] = "email" };

    private string[] BodyParts { get; init; } = [];

    /// <summary>Its name; none where it is an element of a list.</summary>
    public string? Name { get; private init; }

    /// <summary>The most characters of it, where the document names them.</summary>
    public int? MaxCharacters { get; private init; }

    /// <summary>The most elements of it, likewise.</summary>
    public int? MaxElements { get; private init; }

    /// <summary>The field that is told to be missing when this one is; null: it may be missing.</summary>
    public string? MissingAs { get; private init; }

    /// <summary>A blank text counts as none.</summary>
    public bool TakesBlank { get; private init; }

    /// <summary>What an object in its place must have.</summary>
    public IReadOnlyList<string> Parts { get; private init; } = [];

    /// <summary>A good element of it, where it is a list.</summary>
    public string Element { get; private init; } = "\"x\"";

    /// <summary>The body without it; of a patch, the one that removes it.</summary>
    public JsonObject Without { get; private init; } = [];

    /// <summary>Every field of the operation's body, and the elements of lists; last, but for a patch, the keys that it should ignore, as one.</summary>
    public static IEnumerable<BodyField> Of(DescribedOperation operation)
    {
        var schema = operation.BodySchema;
        var ignored = operation.Example.DeepClone().AsObject();
        var names = schema["properties"]!.AsObject().Select(property => property.Key).ToList();
        foreach (var name in operation.AnsweredFields.Select(field => field.Key).Concat(names.Select(name => name.ToUpperInvariant()))
            .Concat(["unknown", "", "__proto__", "constructor", "$set", "$where"]).Except(names))
        {
            ignored[name] = Placeholder;
        }

        var fields = Of(operation, schema, operation.Example, "", body => body);
        return operation.RefusesUnknownKeys ? fields : fields.Append(
            new BodyField("(ignored)", FieldKind.Ignored) { BodyParts = Split(ignored), Without = operation.Example });
    }

    /// <summary>The body with this JSON in the field.</summary>
    public byte[] With(ReadOnlySpan<byte> json)
    {
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(BodyParts[0])];
        foreach (var part in BodyParts[1..])
        {
            bytes.AddRange(json);
            bytes.AddRange(Encoding.UTF8.GetBytes(part));
        }

        return [.. bytes];
    }

    public override string ToString() => Path;

    private static IEnumerable<BodyField> Of(
        DescribedOperation operation, JsonObject schema, JsonObject valid, string prefix, Func<JsonObject, JsonObject> body)
    {
        foreach (var (name, described) in schema["properties"]!.AsObject())
        {
            if (operation.IsOfMany && prefix.Length == 0 && name != "change")
            {
                continue; // Issues and filters have tests of their own.
            }

            var property = operation.Resolve(described!);
            var path = prefix + name;
            var element = property["items"] is { } items ? operation.Resolve(items) : null;
            var kind = KindsByName.TryGetValue(name, out var known) ? known : KindOf(property, element);
            var example = element?["properties"] is null ? null : operation.ExampleOf(element);
            var parts = property["properties"] is null ? null : operation.ExampleOf(property);
            var without = valid.DeepClone().AsObject();
            without.Remove(name);
            without.Remove(Instead.GetValueOrDefault(name, name));
            var isPatched = operation.IsPatch && prefix.Length == 0 && operation.AnsweredFields.ContainsKey(name);
            var isRequired = isPatched
                ? (bool?)property["nullable"] != true
                : RequiredOf(schema).Contains(name) || Instead.ContainsValue(name);
            if (isPatched && !isRequired)
            {
                without[name] = null;
            }

            JsonObject With(JsonNode value)
            {
                var with = without.DeepClone().AsObject();
                with[name] = value;
                return body(with);
            }

            yield return new BodyField(path, kind)
            {
                Name = name,
                BodyParts = Split(With(Placeholder)),
                MaxCharacters = (int?)property["maxLength"],
                MaxElements = (int?)property["maxItems"],
                MissingAs = isRequired ? path : Instead.TryGetValue(name, out var other) ? prefix + other : null,
                TakesBlank = !isRequired && !Instead.ContainsKey(name),
                Parts = RequiredOf(element),
                Element = example?.ToJsonString() ?? "\"x\"",
                Without = body(without),
            };
            if (element is not null)
            {
                yield return new BodyField(
                    $"{path}[0]", kind == FieldKind.Tags ? FieldKind.Tag : example is null ? FieldKind.Identifier : FieldKind.Item)
                {
                    BodyParts = Split(With(new JsonArray(Placeholder))),
                    MissingAs = $"{path}[0]",
                    Parts = RequiredOf(element),
                };
            }

            foreach (var part in parts is null ? [] : Of(operation, property, parts, $"{path}.", With))
            {
                yield return part with { MissingAs = path };
            }

            foreach (var part in example is null ? [] : Of(operation, element!, example, $"{path}[0].", item => With(new JsonArray(item))))
            {
                yield return part;
            }
        }
    }

    private static FieldKind KindOf(JsonObject property, JsonObject? element) => (TypeOf(property), (string?)property["format"]) switch
    {
        ("string", null) => FieldKind.Line,
        ("integer", _) => FieldKind.Quantity,
        ("object", _) => FieldKind.Parts,
        ("array", _) when TypeOf(element!) == "object" => FieldKind.Items,
        ("array", _) when TypeOf(element!) == "string" => FieldKind.Texts,
        _ => throw new NotSupportedException($"The table of hostile values has nothing for {property.ToJsonString()}."),
    };

    private static string? TypeOf(JsonObject schema) => (string?)schema["type"];

    private static string[] RequiredOf(JsonObject? schema) => [.. (schema?["required"]?.AsArray() ?? []).Select(name => (string)name!)];

    private static string[] Split(JsonObject body) => body.ToJsonString().Split($"\"{Placeholder}\"");
}
