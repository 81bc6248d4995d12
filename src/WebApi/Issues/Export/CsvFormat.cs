using CsvHelper;
using OrderIssues.WebApi.Issues.Models;
using OrderIssues.WebApi.Json;

namespace OrderIssues.WebApi.Issues.Export;

/// <summary>
/// A table (RFC 4180) with the fields of an issue for columns. A cell that a spreadsheet would take for a formula begins with <c>'</c>.
/// </summary>
internal sealed class CsvFormat : IExportFormat
{
    public const string MediaType = "text/csv";

    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.Escape, InjectionCharacters = "=+-@\t\r" };

    /// <summary>The cells are text all of them, since only text is kept from being a formula.</summary>
    private static readonly (string Name, Func<IssueModel, string?> Cell)[] Columns =
    [
        ("_id", issue => issue.Id),
        ("issueId", issue => issue.IssueId),
        ("OrderId", issue => issue.OrderId),
        ("ticketId", issue => issue.TicketId),
        ("channel", issue => issue.Channel),
        ("source", issue => issue.Source),
        ("items", issue => string.Join("; ", issue.Items.Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Sku} x {item.Qty}")))),
        ("trackingNumber", issue => string.Join("; ", issue.TrackingNumber)),
        ("picker", issue => issue.Picker),
        ("packer", issue => issue.Packer),
        ("palletter", issue => issue.Palletter),
        ("customerName", issue => issue.CustomerName),
        ("customerEmail", issue => issue.CustomerEmail),
        ("issueType", issue => issue.IssueType),
        ("status", issue => issue.Status),
        ("customerReachedAt", issue => Time(issue.CustomerReachedAt)),
        ("shipped_at", issue => Time(issue.ShippedAt)),
        ("notes", issue => issue.Notes),
        ("discussion", issue => string.Join('\n', issue.Discussion.Select(said => $"{Time(said.CreatedAt)} {said.UserName}: {said.Message}"))),
        ("createdBy", issue => issue.CreatedBy),
        ("issueResolvedAt", issue => Time(issue.IssueResolvedAt)),
        ("createdAt", issue => Time(issue.CreatedAt)),
        ("updatedAt", issue => Time(issue.UpdatedAt)),
        ("__v", issue => issue.Version.ToString(CultureInfo.InvariantCulture)),
    ];

    public string ContentType => $"{MediaType}; charset=utf-8; header=present";

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(IAsyncEnumerable<IssueModel> issues)
    {
        using var written = new MemoryStream();
        using var writer = CsvWriter.Create(written, Options);
        writer.WriteHeader([.. Columns.Select(column => column.Name)]);
        yield return Take();
        await foreach (var issue in issues)
        {
            foreach (var (_, cell) in Columns)
            {
                writer.WriteField(cell(issue));
            }

            writer.EndRecord();
            yield return Take();
        }

        ReadOnlyMemory<byte> Take()
        {
            writer.Flush();
            var piece = written.GetBuffer().AsMemory(0, (int)written.Length);
            written.SetLength(0);
            return piece;
        }
    }

    private static string? Time(DateTimeOffset? time) => time is { } known ? UtcDateTimeConverter.Text(known) : null;
}
