using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>Documents the media types of patches and files.</summary>
// NSwag describes patches and texts as application/json, and files as application/octet-stream.
internal sealed class MediaTypes : IOperationProcessor
{
    private const string MergePatch = "application/merge-patch+json"; // RFC 7396
    private const string Json = "application/json";
    private const string AnyFile = "application/octet-stream";

    public bool Process(OperationProcessorContext context)
    {
        var operation = context.OperationDescription.Operation;
        if (context.OperationDescription.Method == OpenApiOperationMethod.Patch)
        {
            var content = operation.RequestBody.Content;
            content[MergePatch] = new OpenApiMediaType { Schema = content.Values.Single().Schema };
        }

        var produced = ((AspNetCoreOperationProcessorContext)context).ApiDescription.SupportedResponseTypes
            .SelectMany(response => response.ApiResponseFormats)
            .Select(format => format.MediaType)
            .ToList();
        foreach (var (_, success) in operation.Responses.Where(response => response.Key.StartsWith('2')))
        {
            var content = success.Content;
            if (content.Remove(AnyFile, out var file) || (!produced.Contains(Json) && content.Remove(Json, out file)))
            {
                foreach (var mediaType in produced)
                {
                    content[mediaType] = new OpenApiMediaType { Schema = file!.Schema };
                }
            }
        }

        return true;
    }
}
