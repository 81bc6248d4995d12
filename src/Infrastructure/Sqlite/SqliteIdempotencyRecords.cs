using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>The table <c>idempotencyKeys</c>.</summary>
internal sealed class SqliteIdempotencyRecords(SqliteWriter writer) : IIdempotencyRecords
{
    /// <summary>
    /// More than come, so that the expired ones become fewer, and few, so that nobody waits for it: each may have an answer of some MiB.
    /// </summary>
    private const int MaxRemovedAtOnce = 4;

    private const string RemoveExpired =
        "DELETE FROM idempotencyKeys WHERE _id IN (SELECT _id FROM idempotencyKeys WHERE expiresAt <= ? ORDER BY expiresAt LIMIT ?)";

    private const string RemoveIfExpired = "DELETE FROM idempotencyKeys WHERE _id = ? AND expiresAt <= ?";

    private const string Insert = """
        INSERT INTO idempotencyKeys (_id, fingerprint, targetId, leaseUntil, expiresAt, answer) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING RETURNING _id
        """;

    private const string Select = "SELECT _id, fingerprint, targetId, leaseUntil, expiresAt, answer FROM idempotencyKeys WHERE _id = ?";

    private const string IsSame = "_id = ? AND targetId = ? AND leaseUntil = ?";

    private const string Update =
        $"UPDATE idempotencyKeys SET fingerprint = ?, targetId = ?, leaseUntil = ?, expiresAt = ?, answer = ? WHERE {IsSame} RETURNING _id";

    private const string Remove = $"DELETE FROM idempotencyKeys WHERE {IsSame}";

    public Task<IdempotencyRecord?> AddAsync(IdempotencyRecord record, DateTimeOffset now) => WriteAsync(session =>
    {
        session.Execute(RemoveExpired, now, MaxRemovedAtOnce);
        session.Execute(RemoveIfExpired, record.Key, now);
        var inserted = session.First(
            Insert,
            row => row.Text(),
            record.Key,
            record.Fingerprint,
            record.TargetId.ToString(),
            record.LeaseUntil,
            record.ExpiresAt,
            record.Answer);
        return inserted is null ? session.First(Select, Read, record.Key) : null;
    });

    public Task<bool> TryReplaceAsync(IdempotencyRecord record, IdempotencyRecord replacement) => WriteAsync(session => session.First(
        Update,
        row => row.Text(),
        replacement.Fingerprint,
        replacement.TargetId.ToString(),
        replacement.LeaseUntil,
        replacement.ExpiresAt,
        replacement.Answer,
        record.Key,
        record.TargetId.ToString(),
        record.LeaseUntil) is not null);

    public Task RemoveAsync(IdempotencyRecord record) => WriteAsync(session =>
    {
        session.Execute(Remove, record.Key, record.TargetId.ToString(), record.LeaseUntil);
        return true;
    });

    private static IdempotencyRecord Read(SqliteRow row) => new()
    {
        Key = row.Text()!,
        Fingerprint = row.Text()!,
        TargetId = EntityId.Parse(row.Text()!),
        LeaseUntil = row.Time()!.Value,
        ExpiresAt = row.Time()!.Value,
        Answer = row.Blob(),
    };

    private Task<T> WriteAsync<T>(Func<SqliteSession, T> work) => writer.WriteAsync(work, CancellationToken.None);
}
