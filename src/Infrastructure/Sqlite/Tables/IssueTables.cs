using Dapper;
using Microsoft.Data.Sqlite;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>What is done to the tables, each within a transaction of the caller's.</summary>
internal static class IssueTables
{
    /// <summary>One more than the highest number given so far or found among the issues.</summary>
    private const string NextIssueId = """
        INSERT INTO counters (id, seq)
        SELECT 'issue_id', 1 + max(1600000, (SELECT coalesce(max(issueId), 0) FROM issues)) WHERE true
        ON CONFLICT (id) DO UPDATE SET seq = max(seq + 1, excluded.seq)
        RETURNING seq
        """;

    private const string InsertIssue = """
        INSERT INTO issues (_id, issueId, OrderId, ticketId, channel, source, items, trackingNumber, picker, packer, palletter,
            customerName, customerEmail, issueType, status, customerReachedAt, shipped_at, notes, createdBy, issueResolvedAt,
            createdAt, updatedAt, __v, messages, bytes)
        VALUES (@Id, @IssueId, @OrderId, @TicketId, @Channel, @Source, @Items, @TrackingNumber, @Picker, @Packer, @Palletter,
            @CustomerName, @CustomerEmail, @IssueType, @Status, @CustomerReachedAt, @ShippedAt, @Notes, @CreatedBy, @IssueResolvedAt,
            @CreatedAt, @UpdatedAt, @Version, @Messages, @Bytes)
        """;

    private const string InsertMessage =
        "INSERT INTO discussion (issueId, __v, userName, message, created_at) VALUES (@IssueId, @Version, @UserName, @Message, @CreatedAt)";

    private const string InsertHistory =
        "INSERT INTO history (issueId, __v, at, \"by\", action, changes) VALUES (@IssueId, @Version, @At, @By, @Action, @Changes)";

    public static OrderIssue Insert(SqliteConnection connection, OrderIssue issue)
    {
        var row = IssueRow.From(issue, connection.QuerySingle<long>(NextIssueId));
        var opening = issue.Opening();
        var size = IssueSize.Of(row, opening);
        var parameters = new DynamicParameters(row);
        parameters.AddDynamicParams(size);
        connection.Execute(InsertIssue, parameters);
        AddHistory(connection, row.IssueId, row.Version, opening);
        return (row with { StoredBytes = size.Bytes }).ToIssue([]);
    }

    /// <summary>The first issue that meets the condition, with its discussion.</summary>
    public static OrderIssue? Read(SqliteConnection connection, string condition, object parameters)
    {
        var row = connection.QueryFirstOrDefault<IssueRow>($"SELECT {IssueRow.Columns} FROM issues {condition}", parameters);
        return row?.ToIssue(connection.Query<MessageRow>(
            $"SELECT {MessageRow.Columns} FROM discussion WHERE issueId = @IssueId ORDER BY __v", new { row.IssueId }));
    }

    public static ChangeResult Change(SqliteConnection connection, IssueChange change)
    {
        var parameters = new DynamicParameters(new { Id = change.Id.ToString(), change.OrderId });
        var guard = change.Guard.Select((field, i) => $" AND \"{field.Key}\" IS {parameters.AddValue($"guard{i}", field.Value)}").ToList();
        var found = connection.QueryFirstOrDefault<Guarded>(
            $"SELECT issueId, __v AS Version, messages, bytes FROM issues WHERE _id = @Id AND OrderId = @OrderId{string.Concat(guard)}",
            parameters);
        if (found is null)
        {
            return new ChangeResult.Outdated();
        }

        var size = new IssueSize(found.Messages, found.Bytes).With(change);
        if (!size.IsWithinLimits)
        {
            return new ChangeResult.Full();
        }

        Update(connection, change, found.IssueId, size);
        AddHistory(connection, found.IssueId, found.Version + 1, change.Entry);
        if (change.Message is { } message)
        {
            var createdAt = message.CreatedAt.ToUnixTimeMilliseconds();
            connection.Execute(
                InsertMessage, new { found.IssueId, Version = found.Version + 1, message.UserName, message.Message, CreatedAt = createdAt });
        }

        return new ChangeResult.Applied(Read(connection, "WHERE issueId = @IssueId", new { found.IssueId })!);
    }

    private static void Update(SqliteConnection connection, IssueChange change, long issueId, IssueSize size)
    {
        var parameters = new DynamicParameters(new { IssueId = issueId, size.Messages, size.Bytes });
        var fields = change.Fields.Select((field, i) => $", \"{field.Field}\" = {parameters.AddValue($"field{i}", field.To)}").ToList();
        connection.Execute(
            $"UPDATE issues SET __v = __v + 1, updatedAt = max(updatedAt + 1, {parameters.AddValue("updatedAt", change.UpdatedAt)}), "
            + $"messages = @Messages, bytes = @Bytes{string.Concat(fields)} WHERE issueId = @IssueId",
            parameters);
    }

    private static void AddHistory(SqliteConnection connection, long issueId, int version, HistoryEntry entry)
    {
        var at = entry.At.ToUnixTimeMilliseconds();
        var changes = StoredJson.Write(entry.Changes);
        connection.Execute(InsertHistory, new { IssueId = issueId, Version = version, At = at, entry.By, entry.Action, Changes = changes });
    }

    /// <summary>Adds the value, as its column holds it.</summary>
    /// <returns>The parameter, for the statement.</returns>
    private static string AddValue(this DynamicParameters parameters, string name, object? value)
    {
        parameters.Add(name, value is DateTimeOffset time ? time.ToUnixTimeMilliseconds() : value);
        return $"@{name}";
    }

    /// <summary>An issue whose guard holds.</summary>
    private sealed record Guarded
    {
        public long IssueId { get; init; }
        public int Version { get; init; }
        public long Messages { get; init; }
        public long Bytes { get; init; }
    }
}
