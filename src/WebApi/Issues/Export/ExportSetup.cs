using OrderIssues.Application.Issues.Queries;

namespace OrderIssues.WebApi.Issues.Export;

internal static class ExportSetup
{
    public static readonly IReadOnlyList<string> MediaTypes = [CsvFormat.MediaType, NdjsonFormat.MediaType];

    public static IServiceCollection AddExport(this IServiceCollection services) =>
        services
            .AddKeyedSingleton<IExportFormat, CsvFormat>(ExportIssues.Csv)
            .AddKeyedSingleton<IExportFormat, NdjsonFormat>(ExportIssues.Ndjson);
}
