using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrderIssues.WebApi.Routing;

namespace OrderIssues.WebApi.Hosting;

internal static class Health
{
    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c> (503 without the store).</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        foreach (var (path, options) in new (string, HealthCheckOptions)[]
        {
            (OpenPaths.Live, new() { Predicate = _ => false }),
            (OpenPaths.Ready, new() { ResponseWriter = WriteAsync }),
        })
        {
            app.MapHealthChecks(path, options).AllowAnonymous().DisableRateLimiting();
        }
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => report.Status == HealthStatus.Unhealthy
        ? context.RequestServices.GetRequiredService<ProblemWriter>().WriteAsync(context, ProblemOf(report))
        : context.Response.WriteAsync(string.Join(
            '\n', report.Entries.Values.Select(part => part.Description).OfType<string>().Prepend(report.Status.ToString())));

    private static ProblemException ProblemOf(HealthReport report) => new(
        ProblemCode.StoreUnavailable, report.Entries.Values.First(part => part.Status == HealthStatus.Unhealthy).Description!)
    {
        RetryAfter = FailureException.ShortPause,
    };
}
