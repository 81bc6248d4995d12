using CsvHelper;
using OrderIssues.WebApi.Json;

namespace OrderIssues.WebApi.Issues.Export;

/// <summary>Table (RFC 4180), with formulas escaped by <c>'</c>.</summary>
internal sealed class CsvFormat : IExportFormat
{
    public const string MediaType = "text/csv";

    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.Escape, InjectionCharacters = "=+-@\t\r" };
    private static readonly IReadOnlyList<IssueField> Columns = [.. IssueField.All.Where(field => !field.Is(FieldTraits.Derived))];

    public string ContentType => $"{MediaType}; charset=utf-8; header=present";

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(IAsyncEnumerable<OrderIssue> issues)
    {
        using var written = new MemoryStream();
        using var writer = CsvWriter.Create(written, Options);
        writer.WriteHeader([.. Columns.Select(column => column.Name)]);
        yield return Take();
        await foreach (var issue in issues)
        {
            foreach (var column in Columns)
            {
                writer.WriteField(Cell(column.Get(issue)));
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

    // Only texts are escaped: numbers and dates can't be formulas.
    private static string? Cell(object? value) => value switch
    {
        null or string => (string?)value,
        DateTimeOffset time => UtcDateTimeConverter.Text(time),
        IEnumerable<string> texts => string.Join("; ", texts),
        IEnumerable<IssueItem> items =>
            string.Join("; ", items.Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Sku} x {item.Qty}"))),
        IEnumerable<DiscussionMessage> messages =>
            string.Join('\n', messages.Select(said => $"{UtcDateTimeConverter.Text(said.CreatedAt)} {said.UserName}: {said.Message}")),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
