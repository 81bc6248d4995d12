using OrderIssues.Application.Issues.Queries;
using OrderIssues.Domain.Issues;

namespace OrderIssues.WebApi.Issues.Export;

internal static class ExportSetup
{
    public static readonly IReadOnlyList<string> MediaTypes = [CsvFormat.MediaType, NdjsonFormat.MediaType];

    public static IServiceCollection AddExport(this IServiceCollection services) =>
        services
            .AddKeyedSingleton<IExportFormat, CsvFormat>(ExportIssues.Csv)
            .AddKeyedSingleton<IExportFormat, NdjsonFormat>(ExportIssues.Ndjson);
}

internal interface IExportFormat
{
    string ContentType { get; }

    /// <summary>Writes pieces, each valid until the next.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(IAsyncEnumerable<OrderIssue> issues);
}
