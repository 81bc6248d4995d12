using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>
/// The tables beside <c>issues</c> that issues are found by. In <c>search</c> it is by any three characters or more, whatever their case
/// (https://sqlite.org/fts5.html#the_trigram_tokenizer). A row of it has either a message or all fields of an issue that are searched, a line each; its
/// number is the issue's times 2^31 and, for a message, the version that it came with.
/// </summary>
internal static class SearchTables
{
    private const int VersionBits = 31;

    private static readonly string Found = $"SELECT rowid >> {VersionBits} FROM search WHERE search MATCH ?";

    /// <summary>As a condition on <c>issues</c>: those that are found are looked up, and sorted.</summary>
    public static readonly string InText = $"issueId IN ({Found})";

    /// <summary>The same, for a text that many have: the issues are walked in order, and looked for among those that are found.</summary>
    public static readonly string InCommonText = $"+issueId IN ({Found})";

    private const int MaxToSort = 2_000;

    private const string AddSku = "INSERT OR IGNORE INTO skus (sku, createdAt, _id, issueId) VALUES (?, ?, ?, ?)";

    private const int MinPagesToMerge = 16;
    private const int BytesPerPageToMerge = 512;

    private static readonly IReadOnlyList<IssueField> SearchedFields = [.. IssueField.All.Where(field => field.IsSearched)];

    private const string AddText = "INSERT OR REPLACE INTO search (rowid, text) VALUES (?, ?)";

    /// <summary>Whether so many have it that walking is faster.</summary>
    public static bool IsCommon(SqliteSession session, string text) =>
        session.First($"SELECT count(*) FROM ({Found} LIMIT {MaxToSort + 1})", row => row.Integer(), Phrase(text)) > MaxToSort;

    /// <summary>The text as one that FTS5 looks for literally.</summary>
    public static string Phrase(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static void Add(SqliteSession session, OrderIssue issue, long issueId)
    {
        foreach (var item in issue.Items)
        {
            session.Execute(AddSku, item.Sku, issue.CreatedAt ?? issue.Id.MadeAt, issue.Id.ToString(), issueId);
        }

        foreach (var number in issue.TrackingNumber)
        {
            session.Execute("INSERT OR IGNORE INTO trackingNumbers (trackingNumber, issueId) VALUES (?, ?)", number, issueId);
        }

        AddLines(session, issueId, 0, [.. SearchedFields.SelectMany(field => Lines(field.Get(issue)))]);
    }

    /// <summary>Of an issue whose fields have changed to what they are now.</summary>
    public static void Update(SqliteSession session, IReadOnlyList<FieldChange> changes, OrderIssue issue, long issueId)
    {
        if (!changes.Any(change => change.Field == IssueField.Items.Name || IssueField.Named(change.Field).IsSearched))
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

        Add(session, issue, issueId);
    }

    /// <summary>
    /// Once before each commit that has texts: merges some pages of what commits before left in pieces, as many more as this one leaves more. FTS5 would
    /// do it by itself, but then and when so much at once that a request in a hundred waited several times as long.
    /// </summary>
    public static void MergeSome(SqliteSession session)
    {
        if (session.DeferredBytes > 0)
        {
            session.Execute(
                "INSERT INTO search (search, rank) VALUES ('merge', ?)", Math.Max(MinPagesToMerge, session.DeferredBytes / BytesPerPageToMerge));
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

    /// <summary>
    /// Deferred and in order, since FTS5 writes out what it has, however little, at each savepoint, before other statements with triggers, and where a
    /// row comes that has a lower number than the one before.
    /// </summary>
    private static void AddLines(SqliteSession session, long issueId, long version, params string[] lines)
    {
        var row = (issueId << VersionBits) | version;
        session.Defer(row, AddText, row, string.Join('\n', lines));
    }
}
