using System.Reflection;
using Namotion.Reflection;
using NJsonSchema;
using NSwag;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;
using OrderIssues.WebApi.Errors;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>Tells of each operation which failures it can answer with.</summary>
internal sealed class FailureResponses : IOperationProcessor
{
    /// <summary>What any operation can answer with.</summary>
    private static readonly FailureCode[] Common = [FailureCode.Unauthorized, FailureCode.Forbidden, FailureCode.RateLimited, FailureCode.InternalError, FailureCode.Overloaded];

    public bool Process(OperationProcessorContext context)
    {
        if (context.MethodInfo.GetCustomAttribute<FailsAttribute>() is not { } fails)
        {
            return true;
        }

        var schema = context.SchemaGenerator.GenerateWithReference<JsonSchema>(
            typeof(Problem).ToContextualType(), context.SchemaResolver);
        NameCodes(schema.ActualSchema.Properties["code"].Enumeration);
        foreach (var codes in fails.Codes.Union(Common).Order().GroupBy(ProblemTypes.StatusOf).OrderBy(codes => codes.Key))
        {
            context.OperationDescription.Operation.Responses[codes.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join("\n\n", codes.Select(code => $"`{ProblemTypes.NameOf(code)}`: {MeaningOf(code)}")),
                Content = { [ProblemWriter.MediaType] = new OpenApiMediaType { Schema = schema } },
            };
        }

        return true;
    }

    private static void NameCodes(ICollection<object?> names)
    {
        names.Clear();
        foreach (var code in Enum.GetValues<FailureCode>().Order())
        {
            names.Add(ProblemTypes.NameOf(code));
        }
    }

    private static string MeaningOf(FailureCode code) => typeof(FailureCode).GetField(code.ToString())!.GetXmlDocsSummary();
}
