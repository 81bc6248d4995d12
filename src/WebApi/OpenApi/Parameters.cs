using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;
using OrderIssues.Application.Issues.Queries;
using OrderIssues.WebApi.Idempotency;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>Documents which values parameters take.</summary>
internal sealed class Parameters : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        var schemas = new NamedSchemas(context.Document);
        var described = ((AspNetCoreOperationProcessorContext)context).ApiDescription.ParameterDescriptions;
        var required = described.Where(IsRequired).Select(parameter => parameter.Name).ToHashSet();
        foreach (var parameter in context.OperationDescription.Operation.Parameters
            .Where(parameter => parameter.Kind != OpenApiParameterKind.Body))
        {
            parameter.IsRequired |= required.Contains(parameter.Name);
            parameter.Schema.IsNullableRaw = null;
            Limit(parameter.Name, parameter.Schema);
            if (Vocabulary.OfParameter(context.OperationDescription.Path, parameter.Name) is { } vocabulary)
            {
                Restrict(parameter, schemas.Reference(vocabulary));
            }
        }

        return true;
    }

    /// <summary>Adds the limits of a parameter, also of one that comes in a body.</summary>
    public static void Limit(string parameter, JsonSchema schema)
    {
        switch (parameter)
        {
            case "q":
                (schema.MinLength, schema.MaxLength) = (FilteredRequest.MinText, FilteredRequest.MaxText);
                break;
            case IdempotencyHeaders.Key:
                (schema.MaxLength, schema.Pattern) = (IdempotencyHeaders.MaxCharacters, "^[!-~]*$");
                break;
            case var name when name.EndsWith("From", StringComparison.Ordinal) || name.EndsWith("To", StringComparison.Ordinal):
                schema.Pattern = RequestForms.TimePattern;
                break;
            case var name when schema.Item is { } item && IssueField.All.Any(field => field.Name == name):
                var field = IssueField.Named(name);
                item.MaxLength = field.MaxLength;
                item.MinLength = field.Is(FieldTraits.Required) ? 1 : null;
                break;
        }
    }

    private static void Restrict(OpenApiParameter parameter, JsonSchema reference)
    {
        if (parameter.Name == "groupBy")
        {
            (parameter.Style, parameter.Explode) = (OpenApiParameterStyle.Form, false); // With commas in between.
            parameter.Schema = new JsonSchema
            {
                Type = JsonObjectType.Array,
                Item = reference,
                MinItems = 1,
                MaxItems = GetStatistics.MaxGroupFields,
                UniqueItems = true,
            };
        }
        else if (parameter.Schema.Item is { MaxLength: null })
        {
            parameter.Schema.Item = reference;
        }
        else if (parameter.Schema.Item is { } item)
        {
            item.Type = JsonObjectType.None;
            item.AllOf.Add(reference);
        }
        else
        {
            parameter.Schema = reference;
        }
    }

    private static bool IsRequired(ApiParameterDescription parameter) =>
        parameter.ModelMetadata is DefaultModelMetadata { Attributes.PropertyAttributes: { } attributes }
        && attributes.OfType<RequiredAttribute>().Any();
}
