using OrderIssues.Domain.Events;
using OrderIssues.Infrastructure.Sqlite.Tables;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>Log whose events are written in the transactions of the changes.</summary>
internal sealed class SqliteEventLog(SqliteReaders readers, SqliteWriter writer, TimeProvider time) : IEventLog
{
    // Commits of other processes show only in the file.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

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

    public async Task<EventLogRange> WaitAsync(EventLogRange known, CancellationToken cancellationToken)
    {
        while (true)
        {
            var commit = writer.NextCommit;
            var range = await GetRangeAsync(cancellationToken);
            if (range.Latest != known.Latest || range.Epoch != known.Epoch)
            {
                return range;
            }

            await commit.WaitAsync(PollInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public Task<int> RemoveAsync(DateTimeOffset recordedBefore, CancellationToken cancellationToken) =>
        writer.WriteAsync(session => Events.Remove(session, recordedBefore), cancellationToken);
}
