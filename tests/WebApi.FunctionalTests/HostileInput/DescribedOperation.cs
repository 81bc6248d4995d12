using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.HostileInput;

/// <summary>An operation as the served OpenAPI document describes it.</summary>
internal sealed partial record DescribedOperation(HttpMethod Method, string Path, JsonObject Description, JsonObject Document)
{
    public string Name => (string)Description["operationId"]!;

    public bool TakesBody => Description["requestBody"] is not null;

    /// <summary>Whether its body says what becomes of fields: one that isn't in it stays, null removes it, and there must be no other.</summary>
    public bool IsPatch => Method == HttpMethod.Patch;

    /// <summary>Whether it changes issues that its body names, and answers with an entry for each.</summary>
    public bool IsOfMany => Name == "changeIssues";

    /// <summary>Whether keys that it doesn't know are refused, not ignored.</summary>
    public bool RefusesUnknownKeys => IsPatch || IsOfMany || Name == "eraseCustomerData";

    /// <summary>Whether it tells how many issues there are in place of the issues.</summary>
    public bool AnswersCounts => QueryParameters.Contains("groupBy");

    /// <summary>Whether it makes an issue only where the ticket that its body names has none.</summary>
    public bool IsOnceForTicket => Name == "createIssueFromTicket";

    /// <summary>Whether its body names another issue of the same order, which only a test of its own has.</summary>
    public bool NamesAnotherIssue => Name == "mergeIssue";

    /// <summary>Whether its bodies name issues or customers that other operations of the table have, too: it has a table of its own.</summary>
    public bool HasTableOfItsOwn => NamesAnotherIssue || IsOfMany || Path.StartsWith("/api/customer-data", StringComparison.Ordinal);

    /// <summary>Whether it is about webhooks, and needs their scope.</summary>
    public bool IsOfWebhooks => Path.StartsWith("/api/webhook", StringComparison.Ordinal);

    /// <summary>Whether it is about saved views, which are no issues.</summary>
    public bool IsOfViews => Path.StartsWith("/api/issue-view", StringComparison.Ordinal);

    /// <summary>Whether it makes what its path names, whatever that is.</summary>
    public bool MakesWhatIsNamed => IsOfViews && Method == HttpMethod.Put;

    public bool HasPathParameter => Path.Contains('{');

    public IEnumerable<string> QueryParameters => ParametersIn("query").Select(parameter => (string)parameter["name"]!);

    /// <summary>The query parameters that it can't do without, each with its example: what a query begins with, <c>a=1&amp;b=2&amp;</c>.</summary>
    public string RequiredQuery => string.Concat(
        from parameter in ParametersIn("query")
        where (bool?)parameter["required"] == true
        select $"{(string)parameter["name"]!}={(parameter["example"] is JsonArray { Count: 1 } list ? list[0] : parameter["example"])}&");

    /// <summary>Whether the query parameter is a filter, which takes any text that its field can have.</summary>
    public bool IsList(string parameter) =>
        (bool?)ParametersIn("query").First(described => (string?)described["name"] == parameter)["explode"] == true;

    /// <summary>A body that is taken: the last of the examples. That of a new issue that is reported by itself names no ticket and needs none.</summary>
    public JsonObject Example => Examples.Last();

    public IEnumerable<JsonObject> Examples => Body["examples"]!.AsObject().Select(example => example.Value!["value"]!.AsObject());

    /// <summary>The examples with this issue in place of the one that they name, which another test may need.</summary>
    public IEnumerable<JsonObject> ExamplesFor(Answer issue) => Examples.Select(example =>
        JsonNode.Parse(example.ToJsonString().Replace("\"1600001\"", $"\"{issue.IssueId}\"", StringComparison.Ordinal))!.AsObject());

    /// <summary>A body with everything in it that has an example.</summary>
    public JsonObject FullExample => ExampleOf(BodySchema);

    public JsonObject BodySchema => Resolve(Body["schema"]!);

    /// <summary>The fields that it answers with.</summary>
    public JsonObject AnsweredFields
    {
        get
        {
            var success = Responses.First(response => response.Status < 300).Response;
            var answer = Resolve(success["content"]!["application/json"]!["schema"]!);
            var data = Resolve(answer["properties"]!["data"]!);
            return (data["items"] is { } entry ? Resolve(entry) : data)["properties"]!.AsObject();
        }
    }

    /// <summary>The statuses and codes that it says it may fail with.</summary>
    public IEnumerable<(int Status, string Code)> Failures =>
        from response in Responses
        from Match match in CodeInDescription().Matches((string)response.Response["description"]!)
        select (response.Status, match.Groups["code"].Value);

    private JsonNode Body => Description["requestBody"]!["content"]!["application/json"]!;

    private IEnumerable<(int Status, JsonObject Response)> Responses =>
        Description["responses"]!.AsObject().Select(response => (int.Parse(response.Key, null), response.Value!.AsObject()));

    public static async Task<IReadOnlyList<DescribedOperation>> ReadAllAsync(Api api)
    {
        var document = (await api.GetAsync("/swagger/v1/swagger.json")).Body;
        return
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               select new DescribedOperation(HttpMethod.Parse(operation.Key), path.Key, operation.Value!.AsObject(), document),
        ];
    }

    /// <summary>The path to this issue, by its number or its order, whichever the operation goes by, or to the webhook or view of tests.</summary>
    public string PathTo(Answer issue) => PathTo(
        IsOfWebhooks ? Shared.Webhook
        : IsOfViews ? "open%20ones"
        : Path.Contains("{issueId}", StringComparison.Ordinal) ? issue.IssueId
        : (string)issue.Data["OrderId"]!);

    public string PathTo(string segment) => Parameter().Replace(Path, segment.Replace("$", "$$", StringComparison.Ordinal));

    /// <summary>Whether this path, once its dots are resolved, is that of this operation.</summary>
    public bool IsAt(string path) => Regex.IsMatch(
        new Uri(new Uri("http://localhost"), path).AbsolutePath, $@"\A{Parameter().Replace(Path, "[^/]+")}/?\z", RegexOptions.CultureInvariant);

    /// <summary>The code of the failure that it answers this status with.</summary>
    public string CodeOf(int status) => Failures.First(failure => failure.Status == status).Code;

    /// <summary>A schema itself rather than a reference to it; of several forms the first, with what holds for all of them.</summary>
    public JsonObject Resolve(JsonNode schema)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Resolve(Referenced(reference));
        }

        if (schema["properties"] is not null || (schema["allOf"] ?? schema["anyOf"]) is not JsonArray forms)
        {
            return schema.AsObject();
        }

        var resolved = Resolve(forms[0]!).DeepClone().AsObject();
        foreach (var (name, value) in schema.AsObject().Where(member => member.Key is not ("allOf" or "anyOf")))
        {
            resolved[name] = value?.DeepClone();
        }

        if (forms.Any(form => form!["enum"] is JsonArray { Count: 1 } words && words[0] is null))
        {
            resolved["nullable"] = true;
        }

        return resolved;
    }

    /// <summary>The schema that a reference, such as <c>#/components/schemas/OrderIssue</c>, names.</summary>
    public JsonObject Referenced(string reference) =>
        reference.Split('/').Skip(1).Aggregate<string, JsonNode>(Document, (node, name) => node[name]!).AsObject();

    /// <summary>What the schema's properties have for examples.</summary>
    public JsonObject ExampleOf(JsonObject schema) => new(
        from property in schema["properties"]!.AsObject()
        let described = Resolve(property.Value!)
        let items = described["items"] is { } element ? Resolve(element) : null
        let example = described["example"]?.DeepClone() ?? (items?["properties"] is null ? null : new JsonArray(ExampleOf(items)))
        where example is not null
        select KeyValuePair.Create<string, JsonNode?>(property.Key, example));

    public override string ToString() => $"{Method} {Path}";

    private IEnumerable<JsonObject> ParametersIn(string place) =>
        from parameter in Description["parameters"]?.AsArray() ?? []
        where (string?)parameter["in"] == place
        select parameter.AsObject();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^`(?<code>[a-z_]+)`: ", RegexOptions.Multiline)]
    private static partial Regex CodeInDescription();
}
