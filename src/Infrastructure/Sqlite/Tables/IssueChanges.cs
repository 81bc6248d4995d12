using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>Changes issues within the caller's transaction.</summary>
internal static class IssueChanges
{
    /// <summary>Applies a change while its guard holds and there is room.</summary>
    public static ChangeResult Try(SqliteSession session, IssueChange change)
    {
        if (change.LastingId is { } id && Find(session, change.OrderId, id) is { } present)
        {
            return new ChangeResult.Applied(present);
        }

        var guard = string.Concat(change.Guard.Keys.Select(field => $" AND \"{field}\" IS ?"));
        var found = session.First(
            $"SELECT issueId, __v, messages, bytes, updatedAt FROM issues WHERE _id = ? AND OrderId = ?{guard}",
            row => new Guarded(row.Integer(), row.Integer(), new IssueSize(row.Integer(), row.Integer()), row.Time()!.Value),
            [change.Id.ToString(), change.OrderId, .. change.Guard.Values.Select(IssueColumns.Of)]);
        if (found is null)
        {
            return new ChangeResult.Outdated();
        }

        var size = found.Size.With(change, change.Erasure is { } erasure ? Erase(session, erasure, found.IssueId) : 0);
        if (!size.IsAllowedAfter(change))
        {
            return new ChangeResult.Full();
        }

        // Concurrent changes may be stored in another order than they were decided.
        var at = found.UpdatedAt > change.At ? found.UpdatedAt : change.At;
        var version = found.Version + 1;
        Update(session, change, found.IssueId, size);
        var entry = change.Entry with { At = at };
        Histories.Add(session, entry, found.IssueId, version);
        if (change.Message is { } message)
        {
            Discussions.Add(session, message with { CreatedAt = at }, found.IssueId, version);
        }

        Discussions.AddCopies(session, change.Copies, found.IssueId);

        var changed = change.ReturnsHead
            ? IssueTables.ReadHead(session, "?", found.IssueId)!
            : IssueTables.Read(session, "?", found.IssueId)!;
        Events.Add(session, entry, changed, found.IssueId);
        SearchTables.Update(session, change.Fields, changed, found.IssueId);
        return new ChangeResult.Applied(changed);
    }

    /// <summary>Appends a message to the order's issue of that number, its newest without one.</summary>
    public static ChangeResult Add(SqliteSession session, NewMessage message)
    {
        var id = message.IssueId is null ? FindId(session, IssueTables.NewestOfOrder, message.OrderId)
            : IssueColumns.NumberOf(message.IssueId) is { } number ? FindId(session, "?", number)
            : null;
        return id is null
            ? new ChangeResult.Outdated()
            : Try(session, message.ChangeOf(new OrderIssue { Id = EntityId.Parse(id), OrderId = message.OrderId }));
    }

    /// <summary>Finds the order's issue that has the change, or null.</summary>
    public static OrderIssue? Find(SqliteSession session, string orderId, EntityId changeId)
    {
        const string condition = """
            SELECT issueId FROM issues
            WHERE issueId IN (SELECT issueId FROM discussion WHERE _id = ?1 UNION ALL SELECT issueId FROM history WHERE _id = ?1)
            AND OrderId = ?2 ORDER BY mergedInto IS NOT NULL LIMIT 1
            """;
        return IssueTables.Read(session, condition, changeId.ToString(), orderId);
    }

    private static long Erase(SqliteSession session, Erasure erasure, long issueId) =>
        (erasure.IsOfPast ? Histories.Erase(session, issueId) : 0)
        + (erasure.ErasesTexts ? Discussions.Erase(session, issueId, erasure.MessageIds) : 0);

    private static string? FindId(SqliteSession session, string issueId, SqliteValue value) =>
        session.First($"SELECT _id FROM issues WHERE issueId = ({issueId})", row => row.Text(), value);

    private static void Update(SqliteSession session, IssueChange change, long issueId, IssueSize size)
    {
        var fields = string.Concat(change.Fields.Select(field => $", \"{field.Field}\" = ?"));
        session.Execute(
            $"UPDATE issues SET __v = __v + 1, updatedAt = max(updatedAt + 1, ?), messages = ?, bytes = ?{fields} WHERE issueId = ?",
            [change.UpdatedAt, size.Messages, size.Bytes, .. change.Fields.Select(field => IssueColumns.Of(field.To)), issueId]);
    }

    private sealed record Guarded(long IssueId, long Version, IssueSize Size, DateTimeOffset UpdatedAt);
}
