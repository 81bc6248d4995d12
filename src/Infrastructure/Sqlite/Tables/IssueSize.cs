using System.Text;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>Count of messages, and bytes with history.</summary>
internal readonly record struct IssueSize(long Messages, long Bytes)
{
    /// <summary>True for a size that an issue may have after the change.</summary>
    public bool IsAllowedAfter(IssueChange change) =>
        (!change.Messages.Any() || Messages <= IssueLimits.Messages) && Bytes <= change.MaxStoredBytes;

    public static IssueSize Of(SqliteValue[] columns, HistoryEntry opening) =>
        Of(columns, [opening], []);

    public static IssueSize Of(
        SqliteValue[] columns, IReadOnlyList<HistoryEntry> history, IReadOnlyList<DiscussionMessage> discussion) => new(
        discussion.Count,
        columns.Sum(column => column.Bytes) + history.Sum(entry => Utf8(StoredJson.Write(entry))) + discussion.Sum(Utf8));

    /// <param name="change">Change.</param>
    /// <param name="erasing">Bytes that erasing adds to messages and history.</param>
    public IssueSize With(IssueChange change, long erasing)
    {
        var texts = change.Messages.Sum(Utf8);
        var fields = change.Fields.Sum(field => IssueColumns.Of(field.To).Bytes - IssueColumns.Of(field.From).Bytes);
        return new(
            Messages + change.Messages.Count(), Bytes + texts + fields + erasing + Utf8(StoredJson.Write(change.Entry)));
    }

    private static int Utf8(DiscussionMessage message) => Utf8(message.UserName) + Utf8(message.Message);

    private static int Utf8(string text) => Encoding.UTF8.GetByteCount(text);
}
