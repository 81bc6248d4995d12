using OrderIssues.Application.Issues.Queries;

namespace OrderIssues.WebApi.Issues.Export;

internal static class ExportSetup
{
    /// <summary>Media types that are worth compressing; XLSX is a zip already.</summary>
    public static readonly IReadOnlyList<string> CompressibleMediaTypes = [CsvFormat.MediaType, NdjsonFormat.MediaType];

    public static IServiceCollection AddExport(this IServiceCollection services) =>
        services
            .AddKeyedSingleton<IExportFormat, CsvFormat>(ExportIssues.Csv)
            .AddKeyedSingleton<IExportFormat, NdjsonFormat>(ExportIssues.Ndjson)
            .AddKeyedSingleton<IExportFormat, XlsxFormat>(ExportIssues.Xlsx);
}
