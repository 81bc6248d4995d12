using OrderIssues.Domain;
using OrderIssues.Infrastructure.Search;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>Ways to find issues that have a text.</summary>
internal enum TextSearch
{
    /// <summary>Reads the texts of all issues.</summary>
    Scan,

    /// <summary>Looks up the issues that have a rare text, and sorts them.</summary>
    LookUp,

    /// <summary>Walks the issues in order, and keeps those that have a common text.</summary>
    Walk,
}

/// <summary>SQL conditions on issues that have a text.</summary>
internal static class TextConditions
{
    private const int TrigramLength = 3;
    private const int MaxToSort = 2_000;

    /// <summary>Columns that are searched and have a single text.</summary>
    public static readonly string Columns = string.Join(", ", IssueField.All
        .Where(field => field.Is(FieldTraits.Searched))
        .Except([IssueField.Sku, IssueField.TrackingNumber])
        .Select(field => $"issues.{field}"));

    private static readonly string Found = $"""
        SELECT {IndexRows.IssueIdOf("rowid")} FROM {SearchIndexFile.Schema}.search WHERE search MATCH ?
        """;

    // The index has texts in lower case. The last character of all ends the range.
    private static readonly string FoundPair = $"""
        SELECT {IndexRows.IssueIdOf("doc")} FROM {SearchIndexFile.Schema}.trigrams, (SELECT ? AS pair)
            WHERE term >= pair AND term < pair || char(0x10FFFF)
        """;

    private static readonly string Scanned = $"""
        (WITH wanted (text) AS (SELECT ?) SELECT
            instr({Searchable($"concat_ws(char(10), {Columns})")}, text)
            OR EXISTS (SELECT 1 FROM json_each(issues.trackingNumber) AS number WHERE instr({Searchable("number.value")}, text))
            OR EXISTS (SELECT 1 FROM json_each(issues.items) AS item WHERE instr({Searchable("item.value ->> 'sku'")}, text))
            OR EXISTS (SELECT 1 FROM discussion AS said WHERE said.issueId = issues.issueId AND instr({Searchable("said.message")}, text))
            FROM wanted)
        """;

    /// <summary>Chooses how to search in a session that has the index.</summary>
    public static TextSearch ChooseFor(SqliteSession session, string text)
    {
        var isCommon = session.First(
            $"SELECT count(*) FROM ({FoundBy(text)} LIMIT {MaxToSort + 1})", row => row.Integer(), ValueOf(text)) > MaxToSort;
        return !isCommon ? TextSearch.LookUp
            : IsPair(text) ? TextSearch.Scan
            : TextSearch.Walk;
    }

    /// <summary>Makes the condition, and its value.</summary>
    public static (string Condition, string Value) Having(string text, TextSearch search) => search switch
    {
        TextSearch.Scan => (Scanned, CaseFolding.Fold(text)),
        TextSearch.LookUp => ($"issueId IN ({FoundBy(text)})", ValueOf(text)),

        // The sign keeps SQLite from looking up.
        _ => ($"+issueId IN ({FoundBy(text)})", ValueOf(text)),
    };

    private static string Searchable(string value) => $"{SqliteDatabase.Searchable}({value})";

    private static string FoundBy(string text) => IsPair(text) ? FoundPair : Found;

    /// <summary>Text in lower case, or a phrase to be found literally.</summary>
    private static string ValueOf(string text) =>
        IsPair(text) ? CaseFolding.Fold(text) : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static bool IsPair(string text) => text.EnumerateRunes().Count() < TrigramLength;
}
