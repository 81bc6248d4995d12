using NJsonSchema;
using NSwag;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;
using OrderIssues.WebApi.Idempotency;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.OpenApi;

internal sealed class ResponseHeaders : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        var operation = context.OperationDescription.Operation;
        var returnsIssue = context.MethodInfo.ReturnType == typeof(Task<ActionResult<IssueResponse>>);
        if (returnsIssue && context.OperationDescription.Method != OpenApiOperationMethod.Get
            && !context.MethodInfo.IsDefined(typeof(IgnoresPreferenceAttribute), inherit: false))
        {
            Prefer(operation);
        }

        var takesKey = FailureResponses.Takes(operation, IdempotencyHeaders.Key);
        foreach (var (status, response) in operation.ActualResponses)
        {
            if (returnsIssue && status.StartsWith('2') && operation.ActualResponses.ContainsKey("201"))
            {
                Add(response, "Location", "The path of the issue.", "/api/order-issue/1600001");
            }

            if (returnsIssue && status == "204")
            {
                Add(response, Preferences.Applied, "The preference that was heeded.", Preferences.ReturnMinimal);
            }

            if (status.StartsWith('2') && returnsIssue)
            {
                Add(response, "ETag", "The state of the issue: another one after each change.", "\"0-1763632800000\"");
            }

            if (response.Content.Values.Any(content => content.Schema?.Format == JsonFormatStrings.Binary))
            {
                Add(
                    response, "Content-Disposition", "The name of the file, with the time of its start.",
                    "attachment; filename=\"order-issues-20251120T100000Z.csv\"");
            }

            if (status is "401" or "403")
            {
                Add(
                    response, "WWW-Authenticate", "What credential it takes, and what is wrong with the one that was sent.",
                    "Bearer realm=\"order-issue\"");
            }

            if (status == "429" || status.StartsWith('2'))
            {
                Add(
                    response, "RateLimit-Policy",
                    "How many requests (`q`) the caller may send in how many seconds (`w`), where that is limited.",
                    "\"default\";q=6000;w=60");
                Add(
                    response, "RateLimit",
                    "How many are left (`r`), and in how many seconds (`t`) all are there again, or on 429 the next one is.",
                    "\"default\";r=5999;t=1");
            }

            if (status.StartsWith('2') && takesKey)
            {
                Add(
                    response, IdempotencyHeaders.Replayed,
                    "There where the answer was given before, to a request with the same `Idempotency-Key`.", "true");
            }

            if (status is "409" or "429" or "503")
            {
                Add(response, "Retry-After", "In how many seconds another try may succeed, where that is known.", "1");
            }
        }

        return true;
    }

    private static void Prefer(OpenApiOperation operation)
    {
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = Preferences.Header,
            Kind = OpenApiParameterKind.Header,
            Description = $"`{Preferences.ReturnMinimal}` leaves the body out of the response: 204.",
            Schema = new JsonSchema { Type = JsonObjectType.String },
        });
        operation.Responses["204"] = new OpenApiResponse { Description = "It is done, and the request prefers no body." };
    }

    private static void Add(OpenApiResponse response, string name, string description, string example) =>
        response.Headers[name] = new OpenApiHeader
        {
            Description = description,
            Schema = new JsonSchema { Type = JsonObjectType.String, Example = example },
        };
}
