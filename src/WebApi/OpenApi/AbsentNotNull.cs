using NJsonSchema.Generation;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>What is nullable in C# is absent on the wire, never null.</summary>
internal sealed class AbsentNotNull : ISchemaProcessor, IOperationProcessor
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
        foreach (var parameter in context.OperationDescription.Operation.Parameters.Where(parameter => parameter.Schema is not null))
        {
            parameter.Schema.IsNullableRaw = null;
        }

        return true;
    }
}
