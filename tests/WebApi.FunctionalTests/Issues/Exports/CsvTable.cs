using System.Text.RegularExpressions;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Exports;

/// <summary>A table in CSV, read as RFC 4180 has it and no more liberally.</summary>
internal sealed partial record CsvTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyDictionary<string, string>> Rows)
{
    public static CsvTable Read(string text)
    {
        var records = new List<List<string>>();
        for (var (at, isStart) = (0, true); at < text.Length;)
        {
            var field = Field().Match(text, at);
            Assert.That(field.Success, Is.True, $"no field at {at}: {text[at..]}");
            if (isStart)
            {
                records.Add([]);
            }

            records[^1].Add(field.Groups["quoted"].Success ? field.Groups["quoted"].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : field.Groups["plain"].Value);
            isStart = field.Groups["end"].Value != ",";
            at += field.Length;
        }

        Assert.That(records.Select(record => record.Count), Is.All.EqualTo(records[0].Count));
        return new(records[0], [.. records.Skip(1).Select(record => records[0].Zip(record).ToDictionary(cell => cell.First, cell => cell.Second))]);
    }

    [GeneratedRegex("""\G("(?<quoted>([^"]|"")*)"|(?<plain>[^",\r\n]*))(?<end>,|\r\n)""")]
    private static partial Regex Field();
}
