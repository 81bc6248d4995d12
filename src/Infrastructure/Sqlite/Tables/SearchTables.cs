using OrderIssues.Domain;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>Tables that issues are found by.</summary>
internal static class SearchTables
{
    // The table finds three characters or more, in any case (https://sqlite.org/fts5.html#the_trigram_tokenizer).
    // Its texts have no format characters.
    // Its rowid is the issue's number times 2^31, plus the version that a message came with; 0 is the issue itself.
    private const int VersionBits = 31;

    private static readonly IReadOnlyList<IssueField> SearchedFields = [.. IssueField.All.Where(field => field.Is(FieldTraits.Searched))];

    private static readonly IEnumerable<string> SearchedColumns = SearchedFields
        .Except([IssueField.Sku, IssueField.TrackingNumber])
        .Select(field => $"issues.{field}");

    private static readonly string Found = $"SELECT rowid >> {VersionBits} FROM search WHERE search MATCH ?";

    /// <summary>Condition for rare texts: looks up and sorts.</summary>
    private static readonly string InText = $"issueId IN ({Found})";

    /// <summary>Condition for common texts: tests issues in order.</summary>
    private static readonly string InCommonText = $"+issueId IN ({Found})";

    /// <summary>Condition for texts of fewer characters than a trigram: reads all issues.</summary>
    private static readonly string InShortText = $"""
        (WITH wanted (text) AS (SELECT lower(?)) SELECT
            instr(lower(concat_ws(char(10), {string.Join(", ", SearchedColumns)})), text)
            OR EXISTS (SELECT 1 FROM json_each(issues.trackingNumber) AS number WHERE instr(lower(number.value), text))
            OR EXISTS (SELECT 1 FROM json_each(issues.items) AS item WHERE instr(lower(item.value ->> 'sku'), text))
            OR EXISTS (SELECT 1 FROM discussion AS said WHERE said.issueId = issues.issueId AND instr(lower(said.message), text))
            FROM wanted)
        """;

    private const int MaxToSort = 2_000;

    private const string AddSku = "INSERT OR IGNORE INTO skus (sku, createdAt, _id, issueId) VALUES (?, ?, ?, ?)";

    private const int MinPagesToMerge = 16;
    private const int BytesPerPageToMerge = 512;

    private const string AddText = "INSERT OR REPLACE INTO search (rowid, text) VALUES (?, ?)";

    /// <summary>Checks for a text that many issues have.</summary>
    public static bool IsCommon(SqliteSession session, string text) =>
        !IsShort(text)
        && session.First($"SELECT count(*) FROM ({Found} LIMIT {MaxToSort + 1})", row => row.Integer(), Phrase(text)) > MaxToSort;

    /// <summary>Makes the condition on issues that have a text, and its value.</summary>
    /// <param name="text">Text to search for.</param>
    /// <param name="isInOrder">True for a text that many issues have, which are read in the order of the list.</param>
    public static (string Condition, string Value) Having(string text, bool isInOrder) =>
        IsShort(text) ? (InShortText, text) : (isInOrder ? InCommonText : InText, Phrase(text));

    /// <summary>True for a text without a trigram.</summary>
    private static bool IsShort(string text) => text.EnumerateRunes().Count() < 3;

    /// <summary>Quotes a text for a literal search.</summary>
    private static string Phrase(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static void Add(SqliteSession session, OrderIssue issue, long issueId)
    {
        foreach (var item in issue.Items)
        {
            session.Execute(AddSku, item.Sku, issue.CreatedAt ?? issue.Id.Timestamp, issue.Id.ToString(), issueId);
        }

        foreach (var number in issue.TrackingNumber)
        {
            session.Execute("INSERT OR IGNORE INTO trackingNumbers (trackingNumber, issueId) VALUES (?, ?)", number, issueId);
        }

        if (issue.CustomerEmail is { } email)
        {
            session.Execute("INSERT OR IGNORE INTO customers (customerEmail, issueId) VALUES (?, ?)", CaseFolding.Fold(email), issueId);
        }

        AddLines(session, issueId, 0, [.. SearchedFields.SelectMany(field => Lines(field.Get(issue)))]);
    }

    public static void Update(SqliteSession session, IReadOnlyList<FieldChange> changes, OrderIssue issue, long issueId)
    {
        if (!changes.Any(change => change.Field == IssueField.Items.Name || IssueField.Named(change.Field).Is(FieldTraits.Searched)))
        {
            return;
        }

        foreach (var item in changes.Select(change => change.From).OfType<IReadOnlyList<IssueItem>>().SelectMany(items => items))
        {
            session.Execute("DELETE FROM skus WHERE sku = ? AND createdAt = ? AND _id = ?", item.Sku, issue.CreatedAt, issue.Id.ToString());
        }

        foreach (var number in changes.Select(change => change.From).OfType<IReadOnlyList<string>>().SelectMany(numbers => numbers))
        {
            session.Execute("DELETE FROM trackingNumbers WHERE trackingNumber = ? AND issueId = ?", number, issueId);
        }

        if (changes.FirstOrDefault(change => change.Field == IssueField.CustomerEmail.Name)?.From is string email)
        {
            session.Execute("DELETE FROM customers WHERE customerEmail = ? AND issueId = ?", CaseFolding.Fold(email), issueId);
        }

        Add(session, issue, issueId);
    }

    // Automatic merges are large: one request in a hundred would wait several times as long.
    public static void MergeSome(SqliteSession session)
    {
        if (session.DeferredBytes > 0)
        {
            session.Execute(
                "INSERT INTO search (search, rank) VALUES ('merge', ?)",
                Math.Max(MinPagesToMerge, session.DeferredBytes / BytesPerPageToMerge));
        }
    }

    private static IEnumerable<string> Lines(object? value) => value switch
    {
        string text => [text],
        IReadOnlyList<string> texts => texts,
        _ => [],
    };

    public static void Add(SqliteSession session, DiscussionMessage message, long issueId, long version) =>
        AddLines(session, issueId, version, message.Message);

    // Deferred and sorted: FTS5 flushes at savepoints, before triggers, and before a row with a lower number.
    private static void AddLines(SqliteSession session, long issueId, long version, params string[] lines)
    {
        var row = (issueId << VersionBits) | version;
        session.Defer(row, AddText, row, FormatCharacters.Remove(string.Join('\n', lines)));
    }
}
