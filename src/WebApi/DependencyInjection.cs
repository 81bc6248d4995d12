using FluentValidation;
using Microsoft.AspNetCore.ResponseCompression;
using OrderIssues.Application;
using OrderIssues.Application.Events;
using OrderIssues.Application.Issues.Views;
using OrderIssues.Infrastructure;
using OrderIssues.WebApi.BrowserConsole;
using OrderIssues.WebApi.CommandLine;
using OrderIssues.WebApi.Events;
using OrderIssues.WebApi.Hosting;
using OrderIssues.WebApi.Idempotency;
using OrderIssues.WebApi.Issues;
using OrderIssues.WebApi.Issues.Export;
using OrderIssues.WebApi.Json;
using OrderIssues.WebApi.Limits;
using OrderIssues.WebApi.Observability;
using OrderIssues.WebApi.OpenApi;
using OrderIssues.WebApi.Privacy;
using OrderIssues.WebApi.Routing;
using OrderIssues.WebApi.Security;
using OrderIssues.WebApi.Tickets;
using OrderIssues.WebApi.Views;
using OrderIssues.WebApi.Webhooks;

namespace OrderIssues.WebApi;

internal sealed class AutoMapperOptions
{
    public const string Section = "AutoMapper";

    /// <summary>Licence key. Default: none, and AutoMapper logs a warning.</summary>
    public string? LicenseKey { get; set; }
}

internal static class DependencyInjection
{
    /// <exception cref="StartupException">A configured value can't be used, or a needed one is missing.</exception>
    public static void AddOrderIssues(this WebApplicationBuilder builder)
    {
        var (services, configuration, environment) = (builder.Services, builder.Configuration, builder.Environment);
        ListenAddresses.Configure(configuration);
        HostSettings.RequireServer(configuration);
        builder.WebHost.ConfigureKestrel(ServerLimits.Configure).UseSockets(ServerLimits.Configure);
        Shutdown.Configure(services, configuration);
        services
            .AddHealth()
            .AddReverseProxy(configuration)
            .AddSecurity(configuration, environment)
            .AddIssues(configuration)
            // Before what follows it: hosted services start in this order.
            .AddInfrastructure(configuration, environment)
            .AddApplication()
            .AddPrivacy(configuration)
            .AddMvcControllers(configuration)
            .AddLimits(configuration, environment)
            .AddCrossOrigins(configuration)
            .AddProblems()
            .AddIdempotency()
            .AddExport()
            .AddSingleton<IEventFormat, EventFormat>()
            .AddSingleton<IListQueryReader, ListQueryReader>()
            .AddOpenApi()
            .AddCompression()
            .AddConsole(configuration)
            .AddHostedService<RepairReminder>()
            .AddSingleton<WarmUp>().AddHostedService(provider => provider.GetRequiredService<WarmUp>())
            .AddSingleton<RequestLog>()
            .AddTelemetry(configuration);
    }

    /// <summary>Registers the words that fields may have.</summary>
    public static IServiceCollection AddIssues(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSection<IssueOptions>(configuration, IssueOptions.Section);
        return services.AddSingleton(options.ToStatuses()).AddSingleton(options.ToTypes());
    }

    private static IServiceCollection AddMvcControllers(this IServiceCollection services, IConfiguration configuration)
    {
        // Core only: data annotations would validate a second time, beside the pipeline.
        services.AddMvcCore(options => options.ModelMetadataDetailsProviders.Add(new KeepEmptyStrings())).AddApiExplorer().AddJson();
        services.AddSingleton<QueryParameters>().AddSingleton(typeof(IValidator<>), typeof(QueryParametersValidator<>));
        services.Configure<RouteOptions>(options => options.SetParameterPolicy<UnreservedConstraint>(UnreservedConstraint.Name));
        var licence = services.AddSection<AutoMapperOptions>(configuration, AutoMapperOptions.Section).LicenseKey;
        return services.AddAutoMapper(options =>
        {
            options.LicenseKey = licence;
            options.AddProfile<IssueProfile>();
            options.AddProfile<TicketProfile>();
            options.AddProfile<PrivacyProfile>();
            options.AddProfile<WebhookProfile>();
        });
    }

    private static IServiceCollection AddCompression(this IServiceCollection services) =>
        services.AddResponseCompression(options =>
        {
            // Safe over TLS (BREACH): no response has a secret beside a text that a caller chose.
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, ProblemWriter.MediaType, .. ExportSetup.CompressibleMediaTypes];
        });
}
