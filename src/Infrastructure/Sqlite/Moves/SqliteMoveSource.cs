using System.Runtime.CompilerServices;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Moves;
using OrderIssues.Domain.Events;
using OrderIssues.Infrastructure.Sqlite.Tables;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Moves;

internal sealed class SqliteMoveSource(SqliteDatabase database, SqliteReaders readers, SqliteFence fence) : IMoveSource
{
    private const int IssuesAtOnce = 200;
    private const int RecordsAtOnce = 200;
    private const long BytesAtOnce = 8 * 1024 * 1024;

    private const string LastIssue = "SELECT max(issueId) FROM issues";

    private const string NextIssues = "SELECT issueId, bytes FROM issues WHERE issueId > ? AND issueId <= ? ORDER BY issueId LIMIT ?";

    private const string NextRecords =
        "SELECT rowid, kind, coalesce(octet_length(attachment), 0) FROM records WHERE rowid > ? ORDER BY rowid LIMIT ?";

    private const string EventsAfter = """
        SELECT sequence, issues._id, recordedAt FROM events LEFT JOIN issues USING (issueId)
        WHERE sequence > ? ORDER BY sequence LIMIT ?
        """;

    public string Name => $"the SQLite file {database.File}";

    // A change is in the log by its own transaction.
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (await readers.ReadAsync(MoveMark.Find) is not null)
        {
            throw new MoveException($"A move into {Name} isn't finished.");
        }
    }

    public Task<long> CountIssuesAsync(CancellationToken cancellationToken) =>
        readers.ReadAsync(session => session.First(MovedRows.Count, row => row.Integer()));

    public async IAsyncEnumerable<IReadOnlyList<MovedIssue>> ReadIssuesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = long.MinValue;
        var end = await readers.ReadAsync(session => session.First(LastIssue, row => row.Integer()));
        while (await readers.ReadAsync(session => NextBatch(session, after, end)) is { Last: var last, Issues: { Count: > 0 } issues })
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return issues;
            after = last;
        }
    }

    public Task<IReadOnlyList<MovedIssue>> FindIssuesAsync(IReadOnlyList<EntityId> ids, CancellationToken cancellationToken) =>
        readers.ReadAsync(session => MovedRows.Find(session, ids));

    public Task<EventLogRange> GetLogAsync(CancellationToken cancellationToken) => readers.ReadAsync(Events.Range);

    public Task<IReadOnlyList<MovedEvent>> ReadEventsAsync(long after, int limit, CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyList<MovedEvent>>(session =>
        {
            var known = session.All(
                EventsAfter, row => (Sequence: row.Integer(), Issue: row.Text(), RecordedAt: row.Time()!.Value), after, limit);
            return
            [
                .. Events.Read(session, after, limit).Zip(
                    known,
                    (issueEvent, row) => new MovedEvent(issueEvent, row.Issue is { } id ? EntityId.Parse(id) : null, row.RecordedAt)),
            ];
        });

    public async IAsyncEnumerable<IReadOnlyList<StoredRecord>> ReadRecordsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = long.MinValue;
        while (await readers.ReadAsync(session => NextRecordBatch(session, after)) is { Last: { } last, Records: var records })
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return records;
            after = last;
        }
    }

    public Task<long> ReadCounterAsync(CancellationToken cancellationToken) =>
        readers.ReadAsync(session => session.First("SELECT max(seq) FROM counters", row => row.OptionalInteger() ?? 0));

    public Task<bool> IsFencedAsync(CancellationToken cancellationToken) => readers.ReadAsync(SqliteFence.IsIn);

    public Task FenceAsync(CancellationToken cancellationToken) => fence.SetAsync(cancellationToken);

    public Task<bool> ReleaseAsync(CancellationToken cancellationToken) => fence.ReleaseAsync(cancellationToken);

    private static (long Last, IReadOnlyList<MovedIssue> Issues) NextBatch(SqliteSession session, long after, long end)
    {
        var bytes = 0L;
        var next = session.Until(
            rows => (bytes += rows[^1].Bytes) > BytesAtOnce,
            NextIssues,
            row => (IssueId: row.Integer(), Bytes: row.Integer()),
            after,
            end,
            IssuesAtOnce);
        return next.Count == 0
            ? (after, [])
            : (next[^1].IssueId, MovedRows.Read(session, "BETWEEN ? AND ?", next[0].IssueId, next[^1].IssueId));
    }

    private static (long? Last, IReadOnlyList<StoredRecord> Records) NextRecordBatch(SqliteSession session, long after)
    {
        var bytes = 0L;
        var next = session.Until(
            rows => (bytes += rows[^1].Bytes) > BytesAtOnce,
            NextRecords,
            row => (Row: row.Integer(), Kind: row.Text()!, Bytes: row.Integer()),
            after,
            RecordsAtOnce);
        return next.Count == 0 ? (null, []) : (next[^1].Row,
        [
            .. session.All(SqliteRecordStore.SelectRange, SqliteRecordStore.Read, next[0].Row, next[^1].Row)
                .Where(record => MovedRecords.Include(record.Kind)),
        ]);
    }
}
