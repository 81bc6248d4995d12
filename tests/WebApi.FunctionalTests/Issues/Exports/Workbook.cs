using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Exports;

/// <summary>An export as XLSX, opened by the Open XML SDK.</summary>
internal sealed class Workbook : IDisposable
{
    private readonly SpreadsheetDocument document;

    public Workbook(Stream file) => document = SpreadsheetDocument.Open(file, isEditable: false);

    public IEnumerable<string> SheetNames => document.WorkbookPart!.Workbook!.Sheets!.Elements<Sheet>().Select(sheet => sheet.Name!.Value!);

    /// <summary>What the file breaks of the schema that Excel opens files by.</summary>
    public IEnumerable<string> Errors => new OpenXmlValidator(FileFormatVersions.Office2007).Validate(document).Select(error => $"{error.Path?.XPath}: {error.Description}");

    public Worksheet FirstSheet => Part(0).Worksheet!;

    /// <summary>Rows of the first sheet, by the names in the first row; cells are <see langword="null"/>, texts, numbers or times.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows
    {
        get
        {
            var rows = FirstSheet.Descendants<Row>().Select(row => row.Elements<Cell>().ToList()).ToList();
            var names = rows[0].Select(cell => cell.InnerText);
            return [.. rows.Skip(1).Select(row => names.Zip(row).ToDictionary(cell => cell.First, cell => Value(cell.Second)))];
        }
    }

    public static async Task<Workbook> GetAsync(Api api, string filters = "")
    {
        using var client = new HttpClient { BaseAddress = api.Address };
        var workbook = new Workbook(new MemoryStream(await client.GetByteArrayAsync(Export.Xlsx + filters)));
        Assert.That(workbook.Errors, Is.Empty);
        return workbook;
    }

    public int CountRows(int sheet) => Part(sheet).Worksheet!.Descendants<Row>().Count();

    public void Dispose() => document.Dispose();

    private WorksheetPart Part(int sheet) =>
        (WorksheetPart)document.WorkbookPart!.GetPartById(document.WorkbookPart.Workbook!.Sheets!.Elements<Sheet>().ElementAt(sheet).Id!);

    private object? Value(Cell cell)
    {
        Assert.That(cell.CellFormula, Is.Null);
        if (cell.DataType?.Value == CellValues.InlineString)
        {
            Assert.That(FormatOf(cell), Is.EqualTo("@"), "a text stays one when it is edited");
            return XmlConvert.DecodeName(cell.InlineString!.Text!.Text);
        }

        return cell.CellValue is not { } value ? null
            : FormatOf(cell).Contains("yyyy", StringComparison.Ordinal) ? DateTime.FromOADate(double.Parse(value.Text, CultureInfo.InvariantCulture))
            : double.Parse(value.Text, CultureInfo.InvariantCulture);
    }

    private string FormatOf(Cell cell)
    {
        var styles = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!;
        var format = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)(cell.StyleIndex?.Value ?? 0)).NumberFormatId?.Value ?? 0;
        return format == 49 ? "@" : styles.NumberingFormats!.Elements<NumberingFormat>().SingleOrDefault(custom => custom.NumberFormatId?.Value == format)?.FormatCode?.Value ?? "";
    }
}
