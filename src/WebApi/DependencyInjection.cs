using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using OrderIssues.Application.Issues.ExportIssues;
using OrderIssues.WebApi.Errors;
using OrderIssues.WebApi.Issues;
using OrderIssues.WebApi.Issues.Export;
using OrderIssues.WebApi.Json;
using OrderIssues.WebApi.OpenApi;
using OrderIssues.WebApi.Routing;
using OrderIssues.WebApi.Tickets;

namespace OrderIssues.WebApi;

internal static class DependencyInjection
{
    /// <summary>Controllers, their mapping, and what turns failures into answers.</summary>
    public static IServiceCollection AddWebApi(this IServiceCollection services, IConfiguration configuration)
    {
        // Core only: without data annotations' validation, which would run beside the pipeline's.
        services.AddMvcCore(options => options.ModelMetadataDetailsProviders.Add(new EmptyStaysEmpty())).AddApiExplorer().AddJsonOptions(JsonSetup.Configure);
        services.AddSingleton<IConfigureOptions<MvcOptions>, JsonSetup>();
        services.Configure<ApiBehaviorOptions>(options =>
        {
            options.SuppressMapClientErrors = true;
            options.InvalidModelStateResponseFactory = FrameworkFailures.ThrowMissingBody;
        });
        services.AddAutoMapper(options =>
        {
            options.LicenseKey = configuration["AutoMapper:LicenseKey"];
            options.AddProfile<IssueProfile>();
            options.AddProfile<TicketProfile>();
        });
        services.AddSingleton<ProblemWriter>();
        services.AddSingleton<FieldErrors>();
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.AddKeyedSingleton<IExportFormat, CsvFormat>(ExportIssues.Csv);
        services.AddKeyedSingleton<IExportFormat, NdjsonFormat>(ExportIssues.Ndjson);
        services.AddHealthChecks();

        // No secret of ours is in an answer beside something that a stranger chose, so that its length tells nothing over TLS either.
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, ProblemWriter.MediaType, CsvFormat.MediaType, NdjsonFormat.MediaType];
        });
        services.AddOpenApi();
        return services;
    }
}
