using NJsonSchema.Generation;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>What is nullable in C# is absent on the wire, never null.</summary>
internal sealed class AbsentNotNull : ISchemaProcessor
{
    public void Process(SchemaProcessorContext context)
    {
        foreach (var property in context.Schema.Properties.Values)
        {
            property.IsNullableRaw = null;
        }
    }
}
