using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.RateLimiting;

namespace OrderIssues.WebApi.Observability;

/// <summary>Logs requests that failed or were slow, and all of them at level Debug.</summary>
/// <remarks>Names the route and not the path, in which an order stands.</remarks>
internal sealed partial class RequestLog(ILogger<RequestLog> logger, TimeProvider time)
{
    private const string Unknown = "-";
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    private static readonly HashSet<string> Methods =
    [
        HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options,
    ];

    /// <summary>Middleware that sees the final status.</summary>
    public RequestDelegate Watch(RequestDelegate next) => async context =>
    {
        var start = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            Log(context, time.GetElapsedTime(start));
        }
    };

    private void Log(HttpContext context, TimeSpan took)
    {
        // What other systems made fail is told once a minute, since every request fails then.
        var status = context.Response.StatusCode;
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        var isOdd = status == StatusCodes.Status500InternalServerError || (took >= Slow && !MayTakeLong(endpoint));
        var level = isOdd ? LogLevel.Warning : LogLevel.Debug;
        if (logger.IsEnabled(level))
        {
            var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? Unknown;
            var (method, traceId) = (MethodOf(context.Request), ProblemWriter.TraceIdOf(context));
            LogRequest(level, method, route, status, (long)took.TotalMilliseconds, traceId);
        }
    }

    // Those who wait for events and those who read an export slowly.
    private static bool MayTakeLong(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<EnableRateLimitingAttribute>() is not null;

    // A caller may write anything there.
    private static string MethodOf(HttpRequest request) => Methods.Contains(request.Method) ? request.Method : Unknown;

    [LoggerMessage(Message = "{Method} {Route} answered {Status} after {Milliseconds} ms ({TraceId})")]
    private partial void LogRequest(LogLevel level, string method, string route, int status, long milliseconds, string traceId);
}
