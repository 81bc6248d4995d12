using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>Tells what files are sent as. NSwag takes each for bytes of any kind.</summary>
internal sealed class FileResponses : IOperationProcessor
{
    private const string AnyFile = "application/octet-stream";

    public bool Process(OperationProcessorContext context)
    {
        var mediaTypes = ((AspNetCoreOperationProcessorContext)context).ApiDescription.SupportedResponseTypes
            .SelectMany(response => response.ApiResponseFormats)
            .Select(format => format.MediaType);
        foreach (var response in context.OperationDescription.Operation.Responses.Values)
        {
            if (response.Content.Remove(AnyFile, out var file))
            {
                foreach (var mediaType in mediaTypes)
                {
                    response.Content[mediaType] = new OpenApiMediaType { Schema = file.Schema };
                }
            }
        }

        return true;
    }
}
