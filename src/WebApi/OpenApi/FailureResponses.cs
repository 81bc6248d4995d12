using System.Reflection;
using Namotion.Reflection;
using NJsonSchema;
using NSwag;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;
using OrderIssues.WebApi.Idempotency;

namespace OrderIssues.WebApi.OpenApi;

internal sealed class FailureResponses : IOperationProcessor
{
    // Every operation refuses unknown parameters, and uses the store.
    private static readonly ProblemCode[] Common =
    [
        ProblemCode.ValidationFailed, ProblemCode.Unauthorized, ProblemCode.Forbidden, ProblemCode.RateLimited, ProblemCode.InternalError,
        ProblemCode.StoreUnavailable, ProblemCode.Overloaded, ProblemCode.RequestTimeout,
    ];

    public bool Process(OperationProcessorContext context)
    {
        var operation = context.OperationDescription.Operation;
        var own = context.MethodInfo.GetCustomAttribute<FailsAttribute>()?.Codes.Select(ProblemTypes.CodeOf) ?? [];
        var schema = context.SchemaGenerator.GenerateWithReference<JsonSchema>(typeof(Problem).ToContextualType(), context.SchemaResolver);
        var all = own.Union(Common).Union(OfParameters(operation)).Order();
        foreach (var codes in all.GroupBy(ProblemTypes.StatusOf).OrderBy(codes => codes.Key))
        {
            operation.Responses[codes.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join("\n\n", codes.Select(code => $"`{ProblemTypes.NameOf(code)}`: {MeaningOf(code)}")),
                Content = { [ProblemWriter.MediaType] = new OpenApiMediaType { Schema = schema } },
            };
        }

        return true;
    }

    private static IEnumerable<ProblemCode> OfParameters(OpenApiOperation operation) =>
    [
        .. operation.RequestBody is null
            ? Array.Empty<ProblemCode>()
            : [ProblemCode.MalformedBody, ProblemCode.PayloadTooLarge, ProblemCode.UnsupportedMediaType],
        .. Takes(operation, IdempotencyHeaders.Key) ? new[] { ProblemCode.Conflict, ProblemCode.IdempotencyMismatch } : [],
        .. Takes(operation, "If-Match") ? new[] { ProblemCode.PreconditionFailed } : [],
    ];

    public static bool Takes(OpenApiOperation operation, string header) => operation.Parameters.Any(parameter => parameter.Name == header);

    private static string MeaningOf(ProblemCode code) => typeof(ProblemCode).GetField(code.ToString())!.GetXmlDocsSummary();
}
