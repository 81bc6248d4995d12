using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using NJsonSchema.Generation;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>Documents nullable values as absent, never null.</summary>
internal sealed class NullabilityProcessor : ISchemaProcessor, IOperationProcessor
{
    public void Process(SchemaProcessorContext context)
    {
        foreach (var property in context.Schema.Properties.Values)
        {
            property.IsNullableRaw = null;
            property.Item?.IsNullableRaw = null;
        }
    }

    public bool Process(OperationProcessorContext context)
    {
        var described = ((AspNetCoreOperationProcessorContext)context).ApiDescription.ParameterDescriptions;
        var required = described.Where(IsRequired).Select(parameter => parameter.Name).ToHashSet();
        foreach (var parameter in context.OperationDescription.Operation.Parameters.Where(parameter => parameter.Schema is not null))
        {
            parameter.Schema.IsNullableRaw = null;
            if (required.Contains(parameter.Name))
            {
                parameter.IsRequired = true;
            }
        }

        return true;
    }

    private static bool IsRequired(ApiParameterDescription parameter) =>
        parameter.ModelMetadata is DefaultModelMetadata { Attributes.PropertyAttributes: { } attributes }
        && attributes.OfType<RequiredAttribute>().Any();
}
