using OrderIssues.Application.Common.Records;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite;

internal sealed class SqliteRecordStore(SqliteReaders readers, SqliteWriter writer, TimeProvider time) : IRecordStore
{
    // More than the one that a put adds, so that expired records decrease; few, since each may hold some MiB.
    private const int MaxRemovedAtOnce = 4;

    private const string RemoveExpired =
        "DELETE FROM records WHERE rowid IN (SELECT rowid FROM records WHERE expiresAt <= ? ORDER BY expiresAt LIMIT ?)";

    private const string RemoveIfExpired = "DELETE FROM records WHERE kind = ? AND key = ? AND expiresAt <= ?";

    private const string Unexpired = "(expiresAt IS NULL OR expiresAt > ?)";

    private const string Insert = """
        INSERT INTO records (kind, key, version, content, attachment, expiresAt, dueAt) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING RETURNING version
        """;

    private const string Update = $"""
        UPDATE records SET version = ?, content = ?, attachment = ?, expiresAt = ?, dueAt = ?
        WHERE kind = ? AND key = ? AND version = ? AND {Unexpired} RETURNING version
        """;

    private const string Remove = "DELETE FROM records WHERE kind = ? AND key = ? AND version = ?";

    private const string Select = "SELECT kind, key, version, content, attachment, expiresAt, dueAt FROM records";

    /// <summary>SQL for the records of a range of rows.</summary>
    public const string SelectRange = $"{Select} WHERE rowid BETWEEN ? AND ?";

    private const string SelectOne = $"{Select} WHERE kind = ? AND key = ? AND {Unexpired}";

    private const string SelectDue = $"{Select} WHERE kind = ? AND dueAt <= ? AND {Unexpired} ORDER BY dueAt LIMIT ?";

    private const string SelectAll = $"{Select} WHERE kind = ? AND {Unexpired} ORDER BY key LIMIT ?";

    private const string SelectAfter = $"{Select} WHERE kind = ? AND key > ? AND {Unexpired} ORDER BY key LIMIT ?";

    public Task<StoredRecord?> FindAsync(string kind, string key)
    {
        var now = time.GetUtcNow();
        return readers.ReadAsync(session => session.First(SelectOne, Read, kind, key, now));
    }

    public Task<PutResult> PutIfAbsentAsync(StoredRecord record) => WriteAsync((session, now) =>
    {
        session.Execute(RemoveExpired, now, MaxRemovedAtOnce);
        session.Execute(RemoveIfExpired, record.Kind, record.Key, now);
        var version = session.First(
            Insert,
            row => row.Text(),
            record.Kind,
            record.Key,
            NewVersion(now),
            record.Content,
            record.Attachment,
            record.ExpiresAt,
            record.DueAt);
        return version is not null
            ? new PutResult(record with { Version = version }, IsNew: true)
            : new PutResult(session.First(SelectOne, Read, record.Kind, record.Key, now)!, IsNew: false);
    });

    public Task<StoredRecord?> PutIfVersionAsync(StoredRecord record) => WriteAsync((session, now) =>
    {
        var version = session.First(
            Update,
            row => row.Text(),
            NewVersion(now),
            record.Content,
            record.Attachment,
            record.ExpiresAt,
            record.DueAt,
            record.Kind,
            record.Key,
            record.Version,
            now);
        return version is null ? null : record with { Version = version };
    });

    public Task RemoveAsync(string kind, string key, string version) => WriteAsync((session, _) =>
    {
        session.Execute(Remove, kind, key, version);
        return true;
    });

    public async Task<IReadOnlyList<StoredRecord>> ListDueAsync(string kind, DateTimeOffset until, int limit)
    {
        var now = time.GetUtcNow();
        return await readers.ReadAsync(session => session.All(SelectDue, Read, kind, until, now, limit));
    }

    public async Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string? after, int limit)
    {
        var now = time.GetUtcNow();
        return await readers.ReadAsync(session => after is null
            ? session.All(SelectAll, Read, kind, now, limit)
            : session.All(SelectAfter, Read, kind, after, now, limit));
    }

    private static string NewVersion(DateTimeOffset now) => EntityId.New(now).ToString();

    public static StoredRecord Read(SqliteRow row) => new()
    {
        Kind = row.Text()!,
        Key = row.Text()!,
        Version = row.Text()!,
        Content = row.Text()!,
        Attachment = row.Blob(),
        ExpiresAt = row.Time(),
        DueAt = row.Time(),
    };

    private Task<T> WriteAsync<T>(Func<SqliteSession, DateTimeOffset, T> work) =>
        writer.WriteAsync(session => work(session, time.GetUtcNow()), CancellationToken.None);
}
