using OrderIssues.Domain.Events;
using OrderIssues.Infrastructure.Sqlite.Tables;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>Log whose events are written in the transactions of the changes.</summary>
internal sealed class SqliteEventLog(SqliteReaders readers, SqliteWriter writer, TimeProvider time) : IEventLog
{
    private volatile EventLogRange? last;

    public async Task<EventLogRange> GetRangeAsync(CancellationToken cancellationToken)
    {
        var before = last;
        var range = await readers.ReadAsync(Events.Range);
        if (before?.Epoch == range.Epoch && range.Latest < before.Latest)
        {
            // An earlier copy was put in the place of the file.
            range = await writer.WriteAsync(
                session =>
                {
                    Events.Rename(session);
                    return Events.Range(session);
                },
                CancellationToken.None);
        }

        return last = range;
    }

    public Task<IReadOnlyList<IssueEvent>> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        readers.ReadAsync(session => Events.Read(session, after, limit));

    public Task<EventLogRange> WaitAsync(EventLogRange known, CancellationToken cancellationToken) =>
        writer.Committed.WaitAsync(this, known, time, cancellationToken);

    public Task<int> RemoveAsync(DateTimeOffset recordedBefore, CancellationToken cancellationToken) =>
        writer.WriteAsync(session => Events.Remove(session, recordedBefore), cancellationToken);
}
