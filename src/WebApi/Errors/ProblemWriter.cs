using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using OrderIssues.Application;

namespace OrderIssues.WebApi.Errors;

internal sealed class ProblemWriter(IOptions<JsonOptions> json)
{
    public const string MediaType = "application/problem+json";

    private static readonly Counter<long> Problems =
        ServiceMeter.Meter.CreateCounter<long>("order_issue.problems", "{problem}", "Requests that were answered with a problem.");

    private readonly JsonSerializerOptions options = json.Value.JsonSerializerOptions;

    /// <summary>Lets the count of each code begin at 0, so that its first problem is seen as a rise.</summary>
    public static void BeginCounts()
    {
        foreach (var code in Enum.GetValues<ProblemCode>())
        {
            Problems.Add(0, LabelOf(code));
        }
    }

    public Task WriteAsync(HttpContext context, ProblemException exception, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        Problems.Add(1, LabelOf(exception.Code));
        return context.Response.WriteAsJsonAsync(Begin(context, exception, errors), options, MediaType, CancellationToken.None);
    }

    /// <summary>Sets the status and the headers of the answer.</summary>
    /// <returns>The body that is to follow.</returns>
    public static Problem Begin(HttpContext context, ProblemException exception, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var status = ProblemTypes.StatusOf(exception.Code);
        var name = ProblemTypes.NameOf(exception.Code);
        context.Response.StatusCode = status;
        if (exception.Code == ProblemCode.PayloadTooLarge && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // The rest of the body isn't read.
            context.Response.Headers.Connection = "close";
        }

        if (exception.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return new Problem
        {
            Type = $"urn:problem-type:order-issue:{name}",
            Title = ProblemTypes.TitleOf(exception.Code),
            Status = status,
            Detail = exception.Message,
            Code = name,
            Errors = errors is { Count: > 0 } ? errors : null,
            Oldest = exception.Events?.Oldest,
            Latest = exception.Events?.Latest,
            Epoch = exception.Events?.Epoch,
            Into = exception.Into,
            TraceId = TraceIdOf(context),
        };
    }

    private static KeyValuePair<string, object?> LabelOf(ProblemCode code) => new("code", ProblemTypes.NameOf(code));

    public static string TraceIdOf(HttpContext context) => Activity.Current?.Id ?? context.TraceIdentifier;
}
