using OrderIssues.Domain;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Search;

/// <summary>Text of an issue.</summary>
/// <param name="IssueId">Number of the issue in the index.</param>
/// <param name="Version">Number of a message in its issue, from 1, which keeps its text; 0 for the fields.</param>
/// <param name="Text">Lines to search in.</param>
internal readonly record struct IndexedText(long IssueId, long Version, string Text);

/// <summary>Writes the rows of the index within the caller's transaction.</summary>
internal static class IndexRows
{
    // The rowid is the issue's number times 2^31, plus the number of a message; 0 is the issue itself.
    private const int VersionBits = 31;
    private const int PagesAtOnce = 1_000;
    private const string Has = "SELECT 1 FROM search WHERE rowid = ?";
    private const string Put = "INSERT OR REPLACE INTO search (rowid, text) VALUES (?, ?)";

    /// <summary>SQL for an issue's number.</summary>
    public static string IssueIdOf(string rowid) => $"{rowid} >> {VersionBits}";

    // Sorted: FTS5 flushes before a row with a lower number. The line end makes a trigram of the last two characters, too.
    public static void Write(SqliteSession session, IEnumerable<IndexedText> texts)
    {
        foreach (var text in texts.OrderBy(text => text.IssueId).ThenBy(text => text.Version))
        {
            var row = (text.IssueId << VersionBits) | text.Version;
            if (text.Version == 0 || session.First(Has, found => found.Integer(), row) == 0)
            {
                session.Execute(Put, row, FormatCharacters.Remove(text.Text) + '\n');
            }
        }
    }

    public static void Remove(SqliteSession session, long issueId) => session.Execute(
        "DELETE FROM search WHERE rowid BETWEEN ? AND ?", issueId << VersionBits, ((issueId + 1) << VersionBits) - 1);

    /// <summary>Merges some of the parts of the index, which then have no removed rows any more; false once there is one part.</summary>
    /// <remarks>See https://sqlite.org/fts5.html#the_merge_command.</remarks>
    public static bool MergeSome(SqliteSession session, bool isFirst)
    {
        const string Changes = "SELECT total_changes()";
        var before = session.First(Changes, row => row.Integer());
        session.Execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", isFirst ? -PagesAtOnce : PagesAtOnce);
        return session.First(Changes, row => row.Integer()) - before > 1;
    }
}
