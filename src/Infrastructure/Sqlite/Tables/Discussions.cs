using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>Reads and writes messages in version order.</summary>
internal static class Discussions
{
    /// <summary>Columns of a message.</summary>
    public const string Columns = "userName, message, created_at, discussion._id, fromIssueId";

    /// <summary>Place of the first copy. A message's own place is the version that it made, which is lower.</summary>
    public const int FirstCopy = 1 << 30;

    private const string InsertMessage =
        "INSERT INTO discussion (issueId, __v, userName, message, created_at, _id, fromIssueId) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private static readonly string NextCopy =
        $"SELECT coalesce(max(__v) + 1, {FirstCopy}) FROM discussion WHERE issueId = ? AND __v >= {FirstCopy}";

    private const string SelectOfAll = $"""
        SELECT issueId, {Columns} FROM discussion
        WHERE issueId IN (SELECT value FROM json_each(?)) ORDER BY issueId, __v
        """;

    private const string IsErased = $"""
        issueId = ?1 AND message <> '{Erasure.Mark}' AND (?2 IS NULL OR _id IN (SELECT value FROM json_each(?2)))
        """;

    private const string SelectAddedBytes = $"""
        SELECT coalesce(sum(octet_length('{Erasure.Mark}') - octet_length(message)), 0) FROM discussion WHERE {IsErased}
        """;

    private const string EraseTexts = $"UPDATE discussion SET message = '{Erasure.Mark}' WHERE {IsErased}";

    /// <summary>SQL for the time of the last message of an issue.</summary>
    public const string LastAt =
        "(SELECT created_at FROM discussion WHERE discussion.issueId = issues.issueId ORDER BY discussion.__v DESC LIMIT 1)";

    public static void Add(SqliteSession session, DiscussionMessage message, long issueId, long place) => session.Execute(
        InsertMessage, issueId, place, message.UserName, message.Message, message.CreatedAt, message.Id?.ToString(), message.FromIssueId);

    /// <summary>Erases the texts of an issue's messages, or of these alone.</summary>
    /// <returns>Bytes that they have more.</returns>
    public static long Erase(SqliteSession session, long issueId, IReadOnlySet<EntityId>? messageIds)
    {
        var ids = messageIds is null ? null : StoredJson.Write(messageIds.Select(id => id.ToString()));
        var added = session.First(SelectAddedBytes, row => row.Integer(), issueId, ids);
        session.Execute(EraseTexts, issueId, ids);
        return added;
    }

    /// <summary>Adds messages of merged issues.</summary>
    public static void AddCopies(SqliteSession session, IEnumerable<DiscussionMessage> copies, long issueId)
    {
        foreach (var copy in copies)
        {
            Add(session, copy, issueId, session.First(NextCopy, row => row.Integer(), issueId));
        }
    }

    /// <summary>Reads a message; null for none.</summary>
    public static DiscussionMessage? Read(SqliteRow row) => row.Text() is { } userName
        ? new DiscussionMessage(userName, row.Text()!, row.Time()!.Value)
        {
            Id = row.Text() is { } id ? EntityId.Parse(id) : null,
            FromIssueId = row.Text(),
        }
        : null;

    /// <summary>Reads the messages of many issues, by their numbers.</summary>
    public static ILookup<string, DiscussionMessage> ReadAll(SqliteSession session, IEnumerable<string> issueIds) => session.All(
        SelectOfAll,
        row => (IssueId: row.Integer().ToString(CultureInfo.InvariantCulture), Message: Read(row)!),
        $"[{string.Join(',', issueIds)}]").ToLookup(read => read.IssueId, read => read.Message);
}
