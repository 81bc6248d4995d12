using Namotion.Reflection;
using NJsonSchema;
using NJsonSchema.Annotations;
using NJsonSchema.Generation;
using NSwag;
using OrderIssues.Domain;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>Documents an <see cref="Optional{T}"/> as its value or null.</summary>
internal sealed class OptionalFieldsProcessor : ISchemaProcessor
{
    public void Process(SchemaProcessorContext context)
    {
        foreach (var property in context.ContextualType.Properties.Where(property => IsOptional(property.PropertyType.Type)))
        {
            var value = property.PropertyType.Type.GetGenericArguments()[0]
                .ToContextualType(property.GetAttributes(inherit: true).OfType<Attribute>());
            var description = context.Settings.ReflectionService.GetDescription(value, context.Settings);
            var name = context.Settings.ReflectionService.GetPropertyName(property, context.Settings);
            if (!context.Schema.Properties.TryGetValue(name, out var described))
            {
                break; // It refers to the type's own schema.
            }

            var schema = context.Generator.GenerateWithReferenceAndNullability<JsonSchemaProperty>(
                value, isNullable: true, context.Resolver);
            context.Generator.ApplyDataAnnotations(schema, description);
            schema.Description = described.Description;
            schema.Example = described.Example;
            schema.IsNullableRaw = property.IsAttributeDefined<NotNullAttribute>(inherit: true) ? null : true;
            schema.Item?.IsNullableRaw = null;
            context.Schema.Properties[name] = schema;
            context.Schema.AllowAdditionalProperties = false;
        }

        // Unknown keys are kept only to be refused.
        if (context.ContextualType.Properties.Any(property => property.IsAttributeDefined<JsonExtensionDataAttribute>(inherit: true)))
        {
            context.Schema.AllowAdditionalProperties = false;
        }
    }

    public static void Forget(OpenApiDocument document)
    {
        foreach (var name in document.Definitions.Keys.Where(name => name.StartsWith("OptionalOf", StringComparison.Ordinal)).ToList())
        {
            document.Definitions.Remove(name);
        }
    }

    private static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);
}
