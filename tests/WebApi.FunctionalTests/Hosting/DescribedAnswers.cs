using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;
using NSwag;
using OrderIssues.TestCommon;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>Answers as the OpenAPI document describes them.</summary>
internal static class DescribedAnswers
{
    private const int MaxCharacters = 20_000;
    private const string Problem = "application/problem+json";
    private static readonly Lazy<IReadOnlyList<(Regex Form, OpenApiPathItem Item)>> Paths = new(Read);

    /// <summary>Asserts that the document tells of this status, code and body.</summary>
    public static void Check(HttpRequestMessage request, Answer answer)
    {
        var method = request.Method.Method.ToLowerInvariant();
        var path = new Uri(request.RequestUri!, Uri.UnescapeDataString(request.RequestUri!.AbsolutePath)).AbsolutePath; // Without dots.
        var operation = Paths.Value.FirstOrDefault(described => described.Form.IsMatch(path)).Item?.GetValueOrDefault(method);
        var type = answer.ContentHeaders.ContentType?.MediaType;
        if (operation is null || answer.Text.Length == 0 || type is null)
        {
            return;
        }

        // These two come before an operation is known.
        var code = type == Problem ? (string?)JObject.Parse(answer.Text)["code"] : null;
        if (code is "route_not_found" or "method_not_allowed")
        {
            return;
        }

        var status = ((int)answer.Status).ToString(CultureInfo.InvariantCulture);
        Assert.That(operation.Responses.Keys, Does.Contain(status), $"{method} {path}: {answer.Text}");
        var response = operation.Responses[status].ActualResponse;
        Assert.That(response.Content.Keys, Does.Contain(type), $"{method} {path} {status}");
        foreach (var text in type == "application/x-ndjson" ? answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [answer.Text])
        {
            // Larger ones have more of the same.
            if (type.EndsWith("json", StringComparison.Ordinal) && text.Length <= MaxCharacters)
            {
                var schema = type == "application/x-ndjson" ? Issue(operation) : response.Content[type].Schema;
                var errors = new JsonSchemaValidator().Validate(text, schema.ActualSchema, SchemaType.OpenApi3);
                Assert.That(errors.Select(Describe), Is.Empty, $"{method} {path} {status}: {text[..Math.Min(text.Length, 1000)]}");
            }
        }

        if (code is not null)
        {
            Assert.That(response.Description, Does.Contain($"`{code}`: "), $"{method} {path} {status}");
        }
    }

    private static JsonSchema Issue(OpenApiOperation operation) => ((OpenApiDocument)operation.Parent.Parent).Definitions["OrderIssue"];

    private static string Describe(ValidationError error) => error is ChildSchemaValidationError child
        ? $"{child} {string.Join("; ", child.Errors.Values.SelectMany(errors => errors.Select(Describe)))}"
        : error.ToString();

    private static List<(Regex Form, OpenApiPathItem Item)> Read()
    {
        var document = OpenApiDocument.FromFileAsync(Path.Combine(Repository.Root, "docs", "openapi.json")).GetAwaiter().GetResult();
        foreach (var (name, schema) in document.Definitions)
        {
            // What it doesn't tell of shouldn't come.
            schema.AllowAdditionalProperties = schema.Properties.Count == 0 || name.EndsWith("Request", StringComparison.Ordinal);
        }

        return
        [
            .. from path in document.Paths
               orderby path.Key.Contains('{') // A path without parameters comes before one with them.
               select (new Regex($"^{Regex.Replace(path.Key, @"\{\w+\}", "[^/]+")}$"), path.Value),
        ];
    }
}
