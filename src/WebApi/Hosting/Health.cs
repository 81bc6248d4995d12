using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace OrderIssues.WebApi.Hosting;

internal static class Health
{
    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: the store does too; 503 while it doesn't.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var methods = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).WithMetadata(methods);
        app.MapHealthChecks("/health/ready").WithMetadata(methods);
    }
}
