using System.Net;
using System.Text.Json.Nodes;
using OrderIssues.WebApi.FunctionalTests.HostileInput;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Documents;

/// <summary>The service takes what the OpenAPI document says that it takes.</summary>
public sealed class OpenApiValueTests
{
    [Test]
    public async Task Takes_the_edge_values_of_bodies()
    {
        foreach (var operation in (await DescribedOperation.ReadAllAsync(Shared.Api)).Where(operation => operation is { TakesBody: true, NamesAnotherIssue: false }))
        {
            var example = operation.ExamplesFor(await Shared.Api.CreateAsync(Api.Minimal())).Last();
            var properties = operation.BodySchema["properties"]!.AsObject();
            var bodies = properties.SelectMany(property => new SchemaEdges(operation).Of(property.Key, property.Value!)
                .Select(value => With(example, property.Key, value)));
            if (operation.BodySchema["additionalProperties"] is JsonObject)
            {
                bodies = bodies.Append(With(example, "unknown", new JsonObject { ["a"] = new JsonArray(1) }));
            }

            // A few at a time, since a caller can change only so many issues at once.
            await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (body, _) =>
            {
                var issue = await Shared.Api.CreateAsync(Api.Minimal());
                var answer = await Shared.Api.SendAsync(operation.Method, operation.PathTo(issue), body.ToJsonString());
                AssertTaken(answer, $"{operation}: {body.ToJsonString()}");
            });
        }
    }

    [Test]
    public async Task Takes_the_edge_values_of_queries()
    {
        foreach (var operation in await DescribedOperation.ReadAllAsync(Shared.Api))
        {
            var issue = await Shared.Api.CreateAsync(Api.Minimal());
            foreach (var parameter in operation.Description["parameters"]?.AsArray() ?? [])
            {
                var name = (string)parameter!["name"]!;
                var isBound = name is "cursor" || (string?)parameter["in"] != "query" || operation.TakesBody;
                foreach (var value in isBound ? [] : new SchemaEdges(operation).Of(name, parameter["schema"]!))
                {
                    var values = value is JsonArray list ? list.Select(Text) : [Text(value)];
                    var query = (bool?)parameter["explode"] == false
                        ? $"{name}={string.Join(',', values)}"
                        : string.Join('&', values.Select(one => $"{name}={Uri.EscapeDataString(one)}"));
                    var required = (bool?)parameter["required"] == true ? "" : operation.RequiredQuery;
                    AssertTaken(await Shared.Api.SendAsync(new HttpRequestMessage(operation.Method, $"{operation.PathTo(issue)}?{required}{query}")), query);
                }
            }
        }
    }

    /// <summary>As Swagger UI fills the page in, one after the other, for someone who has only started the service.</summary>
    [Test]
    public async Task Takes_the_examples_in_their_order()
    {
        using var service = Service.On(TestCommon.StoreKind.Sqlite, [.. Shared.WebhookSettings]);
        var operations = await DescribedOperation.ReadAllAsync(service.Api);
        var tags = operations[0].Document["tags"]!.AsArray().Select(tag => (string)tag!["name"]!).ToList();
        foreach (var operation in operations.OrderBy(operation => tags.IndexOf((string)operation.Description["tags"]![0]!)))
        {
            var path = operation.Path;
            foreach (var parameter in operation.Description["parameters"]?.AsArray() ?? [])
            {
                var (name, example) = ((string)parameter!["name"]!, parameter["example"]);
                path = path.Replace($"{{{name}}}", example?.ToString(), StringComparison.Ordinal);
            }

            path += operation.RequiredQuery.Length > 0 ? $"?{operation.RequiredQuery.TrimEnd('&')}" : "";
            var examples = operation.Description["requestBody"]?["content"]!["application/json"]!["examples"]!.AsObject();
            var answer = examples is null
                ? await service.Api.SendAsync(new HttpRequestMessage(operation.Method, path))
                : await service.Api.SendAsync(operation.Method, path, examples.First().Value!["value"]!.ToJsonString());
            Assert.That((int)answer.Status, Is.InRange(200, 299), $"{operation.Method} {path}: {answer.Text}");
        }
    }

    private static JsonObject With(JsonObject example, string name, JsonNode? value)
    {
        var body = example.DeepClone().AsObject();
        body[name] = value;
        if (BodyField.Instead.TryGetValue(name, out var other) && value is not null)
        {
            body.Remove(other);
        }

        if (name is "source" or "channel" && body["ticketId"] is null)
        {
            body["ticketId"] = 1; // No schema tells that these two may need it.
        }

        if (name is "filter" or "expect")
        {
            // In place of numbers. The filter finds nothing, whatever else it asks for.
            body.Remove("issueIds");
            body["expect"] ??= 0;
            var filter = body["filter"]?.AsObject() ?? [];
            filter["OrderId"] ??= Api.NewOrder();
            body["filter"] = filter;
        }

        return body;
    }

    private static string Text(JsonNode? value) => value!.GetValueKind() == System.Text.Json.JsonValueKind.String ? (string)value! : value.ToJsonString();

    private static void AssertTaken(Answer answer, string request) =>
        Assert.That(answer.Status, Is.Not.EqualTo(HttpStatusCode.BadRequest), $"{request[..Math.Min(300, request.Length)]} {answer.Text}");
}
