using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>Reads and writes messages in version order.</summary>
internal static class Discussions
{
    private const string InsertMessage =
        "INSERT INTO discussion (issueId, __v, userName, message, created_at, _id) VALUES (?, ?, ?, ?, ?, ?)";

    private const string SelectMessages = "SELECT userName, message, created_at FROM discussion WHERE issueId = ? ORDER BY __v";

    public static void Add(SqliteSession session, DiscussionMessage message, long issueId, long version) =>
        session.Execute(InsertMessage, issueId, version, message.UserName, message.Message, message.CreatedAt, message.Id?.ToString());

    public static List<DiscussionMessage> Read(SqliteSession session, long issueId) =>
        session.All(SelectMessages, row => new DiscussionMessage(row.Text()!, row.Text()!, row.Time()!.Value), issueId);
}
