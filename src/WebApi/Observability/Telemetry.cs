using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OrderIssues.Application;
using OrderIssues.WebApi.Hosting;
using OrderIssues.WebApi.Routing;
using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.Observability;

/// <summary>Traces, metrics and logs, as OpenTelemetry has them.</summary>
internal static class Telemetry
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // The driver's own (https://www.mongodb.com/docs/drivers/csharp/current/logging-and-monitoring/).
    private const string MongoSpans = "MongoDB.Driver";

    private static readonly string[] Meters =
    [
        ServiceMeter.Name, "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.RateLimiting", "Microsoft.AspNetCore.Authentication", "Polly",
    ];

    /// <exception cref="StartupException">A configured value can't be used.</exception>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSection<TelemetryOptions>(configuration, TelemetryOptions.Section);
        configuration[OtlpEndpoint] = options.OtlpEndpoint?.ToString() ?? configuration[OtlpEndpoint];
        var isExported = !string.IsNullOrEmpty(configuration[OtlpEndpoint]);
        if (!options.Metrics && !isExported)
        {
            return services;
        }

        if (options is { Metrics: true, MetricsUrl: { } own })
        {
            ListenAddresses.Add(configuration, $"{TelemetryOptions.Section}:{nameof(TelemetryOptions.MetricsUrl)}", own);
        }

        services.AddHostedService<StoreGauges>();
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("order-issue-service", serviceVersion: Version))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters);
                if (options.Metrics)
                {
                    metrics.AddPrometheusExporter();
                }
            });
        if (isExported)
        {
            telemetry
                .WithTracing(traces => traces
                    .AddAspNetCoreInstrumentation(requests => requests.Filter = context => !OpenPaths.IsOfOperation(context.Request.Path))
                    .AddHttpClientInstrumentation()
                    .AddSource(MongoSpans)
                    .AddProcessor(new PathRemover()))
                .WithLogging()
                .UseOtlpExporter();
        }

        return services;
    }

    /// <summary>Serves metrics at an address of their own, where one is configured.</summary>
    public static void UseOwnMetrics(this WebApplication app)
    {
        if (Options(app) is { Metrics: true, MetricsUrl: { } own })
        {
            app.MapWhen(
                context => context.Connection.LocalPort == own.Port,
                metrics => metrics.Use(RefuseOtherMethodsAsync).UseOpenTelemetryPrometheusScrapingEndpoint(OpenPaths.Metrics));
        }
    }

    /// <summary>Serves metrics beside the rest, unless they have an address of their own.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        if (Options(app) is { Metrics: true, MetricsUrl: null })
        {
            app.MapPrometheusScrapingEndpoint(OpenPaths.Metrics)
                .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]))
                .RequireAuthorization(Scopes.ReadMetrics);
        }
    }

    // A mapped endpoint is refused by routing.
    private static Task RefuseOtherMethodsAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = "GET, HEAD";
        return Task.CompletedTask;
    }

    private static string? Version =>
        typeof(Telemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private static TelemetryOptions Options(WebApplication app) =>
        app.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value;

    /// <summary>Keeps orders, customers and tickets, which stand in paths and queries, out of traces.</summary>
    private sealed class PathRemover : BaseProcessor<Activity>
    {
        private static readonly string[] Tags = ["url.path", "url.query", "url.full"];

        public override void OnEnd(Activity data)
        {
            foreach (var tag in Tags)
            {
                data.SetTag(tag, null);
            }
        }
    }
}
