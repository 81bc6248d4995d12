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
    private static readonly string IsUsed = $"""
        SELECT EXISTS (SELECT 1 FROM issues) OR EXISTS (SELECT 1 FROM events)
            OR EXISTS (SELECT 1 FROM records WHERE kind NOT IN ({string.Join(", ", MovedRecords.Others.Select(kind => $"'{kind}'"))}))
        """;

    private const string RaiseCounter =
        "INSERT INTO counters (id, seq) VALUES ('issue_id', ?) ON CONFLICT (id) DO UPDATE SET seq = max(seq, excluded.seq)";

    private const string InsertRecord =
        "INSERT OR REPLACE INTO records (kind, key, version, content, attachment, expiresAt, dueAt) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private MoveRun? mine;

    public string Name => $"the SQLite file {database.File}";

    public Task<TargetState> GetStateAsync(string epoch, CancellationToken cancellationToken) =>
        new FileInfo(database.File) is { Exists: true, Length: > 0 }
            ? readers.ReadAsync(session => StateOf(session, epoch))
            : Task.FromResult(TargetState.Empty);

    public async Task BeginAsync(MoveRun run, CancellationToken cancellationToken)
    {
        SqliteSchema.Migrate(database, passesFence: true);
        await WriteAsync(
            session =>
            {
                var state = StateOf(session, run.Epoch);
                if (state == TargetState.Empty)
                {
                    // What an earlier store of that name left would be taken for the index of this one.
                    index.Delete();
                    fence.Put(session);
                }
                else if (state != TargetState.Begun)
                {
                    throw new MoveException($"{Name} has been used since this began.");
                }

                MoveMark.Put(session, run);
            },
            cancellationToken);
        mine = run;
    }

    public Task<bool> IsTakenOverAsync(MoveRun run, CancellationToken cancellationToken) =>
        readers.ReadAsync(session => MoveMark.Find(session) != run);

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

    public Task FinishAsync(MoveRun run, long counter, CancellationToken cancellationToken) => WriteAsync(
        session =>
        {
            session.Execute(RaiseCounter, counter);
            Events.Rename(session, run.Epoch);

            // The note isn't in the transaction, so it comes first: if the commit then fails, the mark still lets the move go on.
            SqliteEpoch.Keep(database.File, Events.Range(session), session.First("PRAGMA schema_version", row => row.Integer()));
            MoveMark.Remove(session);
            fence.Remove(session);
        },
        cancellationToken);

    // Finishing has opened it.
    public Task OpenAsync(string epoch, CancellationToken cancellationToken) => Task.CompletedTask;

    private static TargetState StateOf(SqliteSession session, string epoch) =>
        MoveMark.Find(session) is { } mark ? mark.Epoch == epoch ? TargetState.Begun : TargetState.Used
        : Events.Range(session).Epoch == epoch ? TargetState.Finished
        : session.First(IsUsed, row => row.Integer()) != 0 ? TargetState.Used
        : TargetState.Empty;

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
            if (mine is not null && MoveMark.Find(session) != mine)
            {
                throw MoveException.TakenOver();
            }

            work(session);
            return true;
        },
        cancellationToken);
}
