using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Moves;
using OrderIssues.Infrastructure.Search;
using OrderIssues.Infrastructure.Sqlite.Schema;
using OrderIssues.Infrastructure.Sqlite.Tables;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Moves;

internal sealed class SqliteMoveTarget(SqliteDatabase database, SqliteReaders readers, SqliteFence fence, SearchIndexFile index)
    : IMoveTarget
{
    private const string IsUsed = "SELECT EXISTS (SELECT 1 FROM issues) OR EXISTS (SELECT 1 FROM events)";

    private const string RaiseCounter =
        "INSERT INTO counters (id, seq) VALUES ('issue_id', ?) ON CONFLICT (id) DO UPDATE SET seq = max(seq, excluded.seq)";

    private const string InsertRecord =
        "INSERT INTO records (kind, key, version, content, attachment, expiresAt, dueAt) VALUES (?, ?, ?, ?, ?, ?, ?)";

    public string Name => $"the SQLite file {database.File}";

    public Task BeginAsync(string epoch, CancellationToken cancellationToken)
    {
        SqliteSchema.Migrate(database, passesFence: true);
        return WriteAsync(
            session =>
            {
                var mark = MoveMark.Find(session);
                if (mark == epoch)
                {
                    return;
                }

                if (mark is not null || session.First(IsUsed, row => row.Integer()) != 0)
                {
                    throw new MoveException($"{Name} has issues of its own, or those of another store: name one that is empty.");
                }

                // What an earlier store of that name left would be taken for the index of this one.
                index.Delete();
                MoveMark.Put(session, epoch);
                fence.Put(session);
            },
            cancellationToken);
    }

    public Task<long> CountIssuesAsync(CancellationToken cancellationToken) =>
        readers.ReadAsync(session => session.First(MovedRows.Count, row => row.Integer()));

    public Task<IReadOnlyList<MovedIssue>> FindIssuesAsync(IReadOnlyList<EntityId> ids, CancellationToken cancellationToken) =>
        readers.ReadAsync(session => MovedRows.Find(session, ids));

    public Task WriteIssuesAsync(IReadOnlyList<MovedIssue> issues, CancellationToken cancellationToken) =>
        WriteAllAsync(issues, MovedRows.Write, cancellationToken);

    public Task<long> GetLastEventAsync(CancellationToken cancellationToken) => readers.ReadAsync(Events.Latest);

    public Task WriteEventsAsync(IReadOnlyList<MovedEvent> events, CancellationToken cancellationToken) =>
        WriteAllAsync(events, Events.Add, cancellationToken);

    public Task RemoveRecordsAsync(CancellationToken cancellationToken) =>
        WriteAsync(session => session.Execute("DELETE FROM records WHERE kind <> ?", MovedRecords.Mark), cancellationToken);

    public Task WriteRecordsAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken) => WriteAllAsync(
        records,
        (session, record) => session.Execute(
            InsertRecord, record.Kind, record.Key, EntityId.New(session.BegunAt).ToString(), record.Content, record.Attachment,
            record.ExpiresAt, record.DueAt),
        cancellationToken);

    public Task FinishAsync(string epoch, long counter, CancellationToken cancellationToken) => WriteAsync(
        session =>
        {
            session.Execute(RaiseCounter, counter);
            Events.Rename(session, epoch);

            // Before the commit: with the note alone the move can still be begun again.
            SqliteEpoch.Keep(database.File, Events.Range(session), session.First("PRAGMA schema_version", row => row.Integer()));
            MoveMark.Remove(session);
            fence.Remove(session);
        },
        cancellationToken);

    private Task<bool> WriteAllAsync<T>(IReadOnlyList<T> all, Action<SqliteSession, T> write, CancellationToken cancellationToken) =>
        WriteAsync(
            session =>
            {
                foreach (var one in all)
                {
                    write(session, one);
                }
            },
            cancellationToken);

    private Task<bool> WriteAsync(Action<SqliteSession> work, CancellationToken cancellationToken) => fence.WriteAsync(
        session =>
        {
            work(session);
            return true;
        },
        cancellationToken);
}
