using NSwag;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;
using OrderIssues.WebApi.Json;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>Tells that a patch may also come as the media type of merge patches.</summary>
internal sealed class MediaTypes : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        var operation = context.OperationDescription;
        if (operation.Method == OpenApiOperationMethod.Patch)
        {
            var content = operation.Operation.RequestBody.Content;
            content[JsonBodyFormatter.MergePatch] = new OpenApiMediaType { Schema = content.Values.Single().Schema };
        }

        return true;
    }
}
