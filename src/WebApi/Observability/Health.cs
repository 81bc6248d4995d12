using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OrderIssues.WebApi.Routing;
using OrderIssues.WebApi.Webhooks;

namespace OrderIssues.WebApi.Observability;

internal static class Health
{
    /// <summary>Longest wait for a part.</summary>
    // Less than the second that a probe of Kubernetes waits.
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(900);

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<Readiness>("service")
            .AddCheck<WebhookHealth>("webhooks", HealthStatus.Degraded);
        return services.PostConfigure<HealthCheckServiceOptions>(options =>
        {
            foreach (var part in options.Registrations)
            {
                part.Timeout = Timeout;
            }
        });
    }

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c> (503 while no requests should come).</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        foreach (var (path, options) in new (string, HealthCheckOptions)[]
        {
            (OpenPaths.Live, new() { Predicate = _ => false, ResponseWriter = WriteAsync }),
            (OpenPaths.Ready, new() { ResponseWriter = WriteAsync }),
        })
        {
            app.MapHealthChecks(path, options).AllowAnonymous().DisableRateLimiting();
        }
    }

    private static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
        var isReady = report.Status != HealthStatus.Unhealthy;
        var body = isReady
            ? new JsonObject { ["ok"] = true, ["status"] = report.Status.ToString() }
            : JsonSerializer.SerializeToNode(ProblemWriter.Begin(context, ProblemOf(report)), options)!;
        body["parts"] = new JsonObject(report.Entries.Select(part => KeyValuePair.Create(part.Key, (JsonNode?)PartOf(part.Value))));
        await context.Response.WriteAsJsonAsync(body, options, isReady ? null : ProblemWriter.MediaType, context.RequestAborted);
    }

    private static JsonObject PartOf(HealthReportEntry part)
    {
        var told = new JsonObject { ["status"] = part.Status.ToString() };
        if (part.Description is not null)
        {
            told["detail"] = part.Description;
        }

        return told;
    }

    private static ProblemException ProblemOf(HealthReport report) => new(
        ProblemCode.StoreUnavailable,
        report.Entries.Values.First(part => part.Status == HealthStatus.Unhealthy).Description ?? "The service isn't ready.")
    {
        RetryAfter = FailureException.ShortPause,
    };
}

/// <summary>Tells whether the service has started, and isn't stopping.</summary>
internal sealed class Readiness(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) => Task.FromResult(
        lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The service is stopping.")
        : lifetime.ApplicationStarted.IsCancellationRequested ? HealthCheckResult.Healthy()
        : HealthCheckResult.Unhealthy("The service is starting."));
}
