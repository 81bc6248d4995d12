using OrderIssues.Domain.Events;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.Search;
using OrderIssues.Infrastructure.Sqlite.Tables;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>Reads what searches look through from the tables.</summary>
internal sealed class SqliteTexts(SqliteReaders readers) : IIndexedTexts
{
    private const string NextIssues = "SELECT issueId, bytes FROM issues WHERE issueId > ? ORDER BY issueId LIMIT ?";

    private const string InEvents = $"""
        SELECT issueId FROM events WHERE sequence > ? AND sequence <= ?
            AND action NOT IN ('{HistoryActions.StatusChanged}', '{HistoryActions.Confirmed}', '{HistoryActions.MessageAdded}')
        """;

    private const string Erased =
        $"SELECT DISTINCT issueId FROM events WHERE sequence > ? AND sequence <= ? AND action = '{HistoryActions.Erased}'";

    private const string MessagesOf = "SELECT issueId, __v, message FROM discussion WHERE issueId";

    // Of any action: a change of fields may add a message, too.
    private const string MessagesOfEvents =
        "SELECT issueId, __v, message FROM events JOIN discussion USING (issueId, __v) WHERE sequence > ? AND sequence <= ?";

    // Messages that are there keep their texts, so that only the copies are put into the index.
    private const string MessagesOfMerges = $"""
        {MessagesOf} IN (SELECT issueId FROM events WHERE sequence > ? AND sequence <= ? AND action = '{HistoryActions.Merged}')
        """;

    private const string Event = "SELECT concat_ws(' ', issueId, __v, at, action) FROM events WHERE sequence = ?";

    private static readonly string FieldsOf = $"""
        SELECT issueId, 0, concat_ws(char(10), {TextConditions.Columns},
            (SELECT group_concat(value, char(10)) FROM json_each(trackingNumber)),
            (SELECT group_concat(value ->> 'sku', char(10)) FROM json_each(items))) FROM issues WHERE issueId
        """;

    public EventLogRange ReadRange(CancellationToken cancellationToken) => readers.Read(Events.Range, cancellationToken);

    public string? ReadEvent(long sequence, CancellationToken cancellationToken) =>
        readers.Read(session => EventOf(session, sequence), cancellationToken);

    public long? PutIssues(SqliteSession index, long after, CancellationToken cancellationToken)
    {
        var (last, texts) = readers.Read(session => ReadIssues(session, after), cancellationToken);
        IndexRows.Write(index, texts);
        return last;
    }

    public IndexedChanges? PutChanges(SqliteSession index, string epoch, long after, long upTo, CancellationToken cancellationToken)
    {
        var changed = readers.Read(
            session => Events.Range(session) is var range && range.Epoch == epoch && after >= range.Oldest - 1 && upTo <= range.Latest
                ? ReadChanged(session, after, upTo)
                : null,
            cancellationToken);
        if (changed is null)
        {
            return null;
        }

        foreach (var issueId in changed.Erased)
        {
            IndexRows.Remove(index, issueId);
        }

        IndexRows.Write(index, changed.Texts);
        return new IndexedChanges(changed.Event, changed.Erased.Count > 0);
    }

    private static (long? Last, IReadOnlyList<IndexedText> Texts) ReadIssues(SqliteSession session, long after)
    {
        var bytes = 0L;
        var issues = session.Until(
            rows => (bytes += rows[^1].Bytes) > IIndexedTexts.MaxBytes,
            NextIssues,
            row => (IssueId: row.Integer(), Bytes: row.Integer()),
            after,
            IIndexedTexts.MaxIssues);
        return issues.Count == 0
            ? (null, [])
            : (issues[^1].IssueId,
            [
                .. session.All($"{FieldsOf} BETWEEN ? AND ?", Read, issues[0].IssueId, issues[^1].IssueId),
                .. session.All($"{MessagesOf} BETWEEN ? AND ?", Read, issues[0].IssueId, issues[^1].IssueId),
            ]);
    }

    private static ChangedTexts ReadChanged(SqliteSession session, long after, long upTo)
    {
        var erased = session.All(Erased, row => row.Integer(), after, upTo);
        return new ChangedTexts(
            EventOf(session, upTo),
            erased,
            [
                .. session.All($"{FieldsOf} IN ({InEvents})", Read, after, upTo),
                .. session.All(MessagesOfEvents, Read, after, upTo),
                .. session.All(MessagesOfMerges, Read, after, upTo),
                .. erased.SelectMany(issueId => session.All($"{MessagesOf} = ?", Read, issueId)),
            ]);
    }

    private static string? EventOf(SqliteSession session, long sequence) => session.First(Event, row => row.Text(), sequence);

    private static IndexedText Read(SqliteRow row) => new(row.Integer(), row.Integer(), row.Text()!);

    /// <param name="Event">Name of the last event.</param>
    /// <param name="Erased">Numbers of issues that have no texts but these any more.</param>
    /// <param name="Texts">Texts.</param>
    private sealed record ChangedTexts(string? Event, IReadOnlyList<long> Erased, IReadOnlyList<IndexedText> Texts);
}
