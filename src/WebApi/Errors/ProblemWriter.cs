using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace OrderIssues.WebApi.Errors;

/// <summary>Answers with a <see cref="Problem"/>.</summary>
internal sealed class ProblemWriter(IOptions<JsonOptions> json)
{
    public const string MediaType = "application/problem+json";

    private readonly JsonSerializerOptions options = json.Value.JsonSerializerOptions;

    public Task WriteAsync(HttpContext context, FailureException failure, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var status = ProblemTypes.StatusOf(failure.Code);
        var name = ProblemTypes.NameOf(failure.Code);
        context.Response.StatusCode = status;
        if (failure.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        var problem = new Problem
        {
            Type = $"urn:problem-type:order-issue:{name}",
            Title = ProblemTypes.TitleOf(failure.Code),
            Status = status,
            Detail = failure.Message,
            Code = name,
            Errors = errors is { Count: > 0 } ? errors : null,
            TraceId = TraceIdOf(context),
        };
        return context.Response.WriteAsJsonAsync(problem, options, MediaType, CancellationToken.None);
    }

    public static string TraceIdOf(HttpContext context) => Activity.Current?.Id ?? context.TraceIdentifier;
}
