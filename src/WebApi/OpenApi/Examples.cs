using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NSwag;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>Adds the examples of <c>examples.json</c>, and sorts the operations as they stand there.</summary>
// An example named after a media type belongs to that media type only.
internal sealed class Examples : IOperationProcessor
{
    private readonly JObject all = Load();

    public bool Process(OperationProcessorContext context)
    {
        var operation = context.OperationDescription.Operation;
        var examples = all[operation.OperationId]
            ?? throw new InvalidOperationException($"examples.json has nothing for the operation {operation.OperationId}.");
        if (operation.RequestBody is { } body)
        {
            Add(body.Content, examples["requests"]!);
        }

        // Swagger UI would send the example of an optional parameter, too.
        foreach (var parameter in operation.Parameters
            .Where(parameter => parameter is { IsRequired: true, Kind: not OpenApiParameterKind.Body }))
        {
            parameter.Example = examples["parameters"]![parameter.Name] ?? throw new InvalidOperationException(
                $"examples.json has nothing for {parameter.Name} of {operation.OperationId}.");
        }

        foreach (var (_, success) in operation.ActualResponses.Where(response => response.Key.StartsWith('2')))
        {
            Add(success.Content, examples["responses"]!);
        }

        return true;
    }

    public void Sort(OpenApiDocument document)
    {
        var order = all.Properties().Select(operation => operation.Name).ToList();
        var paths = document.Paths.OrderBy(path => path.Value.Values.Min(operation => order.IndexOf(operation.OperationId))).ToList();
        document.Paths.Clear();
        paths.ForEach(document.Paths.Add);
    }

    private static void Add(IDictionary<string, OpenApiMediaType> content, JToken examples)
    {
        foreach (var (type, media) in content)
        {
            var fitting = examples.Children<JProperty>().Where(example => example.Name == type || !content.ContainsKey(example.Name));
            foreach (var example in fitting)
            {
                media.Examples[example.Name] = new OpenApiExample { Value = example.Value };
            }
        }
    }

    private static JObject Load()
    {
        using var file = typeof(Examples).Assembly.GetManifestResourceStream(typeof(Examples), "examples.json")!;
        using var reader = new JsonTextReader(new StreamReader(file)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }
}
