using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrderIssues.WebApi.Errors;

namespace OrderIssues.WebApi.Hosting;

internal static class Health
{
    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: the store does too; 503 while it doesn't.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var methods = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).WithMetadata(methods).AllowAnonymous().DisableRateLimiting();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).WithMetadata(methods).AllowAnonymous().DisableRateLimiting();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => report.Status == HealthStatus.Healthy
        ? context.Response.WriteAsync(nameof(HealthStatus.Healthy))
        : context.RequestServices.GetRequiredService<ProblemWriter>().WriteAsync(
            context, new ProblemException(ProblemCode.StoreUnavailable, "The store can't be reached right now.") { RetryAfter = TimeSpan.FromSeconds(1) });
}
