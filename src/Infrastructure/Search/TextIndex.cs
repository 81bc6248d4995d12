using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OrderIssues.Infrastructure.SqliteDriver;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.Search;

/// <summary>Index of texts, which whoever needs it first brings up to date from the event log.</summary>
// Other processes may write the same file: each batch begins where the file is, in one transaction with its rows and its place.
internal sealed partial class TextIndex(
    SearchIndexFile file, IIndexedTexts texts, IndexTail tail, TimeProvider time, ILogger<TextIndex> logger) : IDisposable
{
    private readonly IndexSteps steps = new(texts);
    private readonly Lock access = new();
    private SqliteSession? session;

    /// <summary>Makes it anew unless it is one of this log, and goes on until all issues are in it.</summary>
    /// <returns>Sequence up to which it has all events.</returns>
    public long Prepare(CancellationToken cancellationToken)
    {
        if (Write(IndexProgress.Read) is { } present && !steps.IsOfThisLog(present, cancellationToken))
        {
            Delete();
        }

        IndexProgress progress;
        while ((progress = Write(session => steps.ScanSome(session, cancellationToken))).ScannedTo is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        LogReady(progress.Sequence);
        return progress.Sequence;
    }

    /// <summary>Brings it up to an event; false where it must be prepared first.</summary>
    public bool Advance(long sequence, CancellationToken cancellationToken)
    {
        IndexProgress? progress;
        while ((progress = Write(session => steps.FollowSome(session, sequence, cancellationToken))) is not null
            && progress.Sequence < sequence)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return progress is not null;
    }

    /// <summary>Takes erased texts out of the file and its log, if there are any.</summary>
    /// <returns>True if none is left.</returns>
    public bool Purge(CancellationToken cancellationToken)
    {
        if (tail.Place is not { IsToBePurged: true })
        {
            return true;
        }

        for (var isFirst = true; Write(session => IndexRows.MergeSome(session, isFirst)); isFirst = false)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return EmptyLog() && Write(session =>
        {
            IndexProgress.SetPurged(session);
            return true;
        });
    }

    /// <summary>Brings it up to the end of the log, so that a search finds all that was acknowledged before.</summary>
    /// <returns>The place that it has then at least; null where it must be prepared first.</returns>
    public IndexProgress? CatchUp(CancellationToken cancellationToken)
    {
        var range = texts.ReadRange(cancellationToken);
        var wanted = new IndexProgress(range.Epoch, range.Latest, null, null);
        return tail.Place is { } place && (place.Has(wanted) || Advance(range.Latest, cancellationToken)) ? wanted : null;
    }

    public void Dispose()
    {
        lock (access)
        {
            Close();
        }
    }

    private T Write<T>(Func<SqliteSession, T> work)
    {
        lock (access)
        {
            try
            {
                if (session?.HasMoved == true)
                {
                    Close();
                }

                session ??= file.OpenToWrite();
                session.Begin(time.GetUtcNow());
                var (result, progress) = (work(session), IndexProgress.Read(session));
                session.Commit();
                tail.MoveTo(progress);
                return result;
            }
            catch (Exception exception)
            {
                Close();
                if (exception is SqliteException { SqliteErrorCode: SQLITE_CORRUPT or SQLITE_NOTADB })
                {
                    file.Delete();
                }

                if (exception is SqliteException or IOException or UnauthorizedAccessException)
                {
                    throw new FailureException(FailureCode.StoreUnavailable, $"The file of the index can't be used: {exception.Message}");
                }

                throw;
            }
        }
    }

    /// <summary>Copies the file's log into it, and empties it; false while readers need the log.</summary>
    private bool EmptyLog()
    {
        lock (access)
        {
            return session?.First("PRAGMA wal_checkpoint(TRUNCATE)", row => row.Integer()) == 0;
        }
    }

    private void Delete()
    {
        lock (access)
        {
            Close();
            file.Delete();
        }
    }

    private void Close()
    {
        session?.Dispose();
        session = null;
        tail.MoveTo(null);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The index of texts has everything up to event {Sequence}")]
    private partial void LogReady(long sequence);
}
