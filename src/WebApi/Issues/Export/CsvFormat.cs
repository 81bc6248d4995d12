using System.Text.RegularExpressions;
using CsvHelper;

namespace OrderIssues.WebApi.Issues.Export;

/// <summary>Table (RFC 4180) with quoted texts, and formulas escaped by <c>'</c>.</summary>
internal sealed partial class CsvFormat : IExportFormat
{
    public const string MediaType = "text/csv";

    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.Escape, InjectionCharacters = "=+-@\t\r\n" };

    public string ContentType => $"{MediaType}; charset=utf-8; header=present";

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(IAsyncEnumerable<OrderIssue> issues)
    {
        using var written = new MemoryStream();
        using var writer = CsvWriter.Create(written, Options);
        writer.WriteHeader([.. IssueTable.Header]);
        yield return Take();
        await foreach (var issue in issues)
        {
            foreach (var column in IssueTable.Columns)
            {
                WriteCell(writer, column.Get(issue));
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

    private static void WriteCell(CsvWriter writer, object? value)
    {
        var text = IssueTable.Text(value);
        if (value is null or DateTimeOffset or int)
        {
            writer.WriteField(text);
            return;
        }

        writer.WriteField(Formula().Replace(text!, "$1$2'$3"), CsvQuoting.Always);
    }

    // Where commas don't separate cells, quotes don't keep them together: a cell may begin after each ; and line end.
    [GeneratedRegex(
        $$"""(^(?![=+\-@\t\r\n])|[;{{IssueTable.LineEnds}}])([\s"\p{Cc}\p{Cf}-[{{IssueTable.LineEnds}}]]*)([=+\-@＝＋－＠])""")]
    private static partial Regex Formula();
}
