using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using NJsonSchema.Generation;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>What is nullable in C# is absent on the wire, never null; and a parameter may be absent unless it is <see cref="RequiredAttribute"/>.</summary>
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
        var required = context.MethodInfo.GetParameters()
            .SelectMany(parameter => parameter.ParameterType.GetProperties())
            .Where(property => property.IsDefined(typeof(RequiredAttribute)))
            .Select(property => property.GetCustomAttribute<FromQueryAttribute>()?.Name)
            .ToHashSet();
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
}
