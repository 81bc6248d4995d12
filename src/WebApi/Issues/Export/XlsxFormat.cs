using System.IO.Pipelines;
using System.Text.RegularExpressions;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace OrderIssues.WebApi.Issues.Export;

/// <summary>Workbook (Office Open XML) with texts as texts and dates as dates.</summary>
/// <param name="maxRows">Rows of a sheet, header included.</param>
internal sealed partial class XlsxFormat(int maxRows = XlsxFormat.MaxRows) : IExportFormat
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    // Excel's limits, and the first year that it knows.
    private const int MaxRows = 1_048_576;
    private const int MaxCharacters = 32_767;
    private const int FirstYear = 1900;

    private const string CutMark = "… [cut]";

    private static readonly SpreadCheetahOptions Options = new() { PreserveStringWhitespace = true };

    private static readonly WorksheetOptions Sheet = new()
    {
        FrozenRows = 1,
        AutoFilter = new($"A1:{SpreadsheetUtility.GetColumnName(IssueTable.Columns.Count)}{MaxRows}"),
        DefaultColumnWidth = 20,
    };

    public string ContentType => MediaType;

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(IAsyncEnumerable<OrderIssue> issues)
    {
        // Writing never waits: what is written is taken out after each row.
        var zip = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await using var workbook = await Spreadsheet.CreateNewAsync(zip.Writer.AsStream(), Options);
        var header = workbook.AddStyle(new Style { Font = { Bold = true } });
        var text = workbook.AddStyle(new Style { Format = NumberFormat.Standard(StandardNumberFormat.Text) });
        await StartSheetAsync(number: 1);
        var sheets = 1;
        var row = new StyledCell[IssueTable.Columns.Count];
        await foreach (var issue in issues)
        {
            if (workbook.NextRowNumber > maxRows)
            {
                await StartSheetAsync(++sheets);
            }

            for (var i = 0; i < row.Length; i++)
            {
                row[i] = Cell(IssueTable.Columns[i].Get(issue), text);
            }

            await workbook.AddRowAsync(row);
            foreach (var piece in Take(zip.Reader))
            {
                yield return piece;
            }
        }

        // Writes the zip's directory: a file that broke off before can't be opened.
        await workbook.FinishAsync();
        foreach (var piece in Take(zip.Reader))
        {
            yield return piece;
        }

        async ValueTask StartSheetAsync(int number)
        {
            await workbook.StartWorksheetAsync(string.Create(CultureInfo.InvariantCulture, $"Issues {number}"), Sheet);
            await workbook.AddHeaderRowAsync([.. IssueTable.Header], header);
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Take(PipeReader written)
    {
        if (!written.TryRead(out var result))
        {
            yield break;
        }

        foreach (var piece in result.Buffer)
        {
            yield return piece;
        }

        written.AdvanceTo(result.Buffer.End);
    }

    private static StyledCell Cell(object? value, StyleId text) => value switch
    {
        int number => new(number, styleId: null),
        DateTimeOffset { UtcDateTime: { Year: >= FirstYear } time } => new(time, styleId: null),
        _ => IssueTable.Text(value) is { Length: > 0 } shown ? new(Escape(Cut(shown)), text) : default,
    };

    private static string Cut(string text)
    {
        if (text.Length <= MaxCharacters)
        {
            return text;
        }

        var length = MaxCharacters - CutMark.Length;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), CutMark);
    }

    // Excel would read _x0041_ as A.
    private static string Escape(string text) => EscapeSequence().Replace(NoXml().Replace(text, "\uFFFD"), "_x005F_");

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex EscapeSequence();

    [GeneratedRegex(@"[\x00-\x08\v\f\x0E-\x1F\uFFFE\uFFFF]")]
    private static partial Regex NoXml();
}
