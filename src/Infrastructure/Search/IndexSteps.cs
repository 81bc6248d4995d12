using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Search;

/// <summary>Steps by which an index is made and kept up to date, each within the caller's transaction.</summary>
internal sealed class IndexSteps(IIndexedTexts texts)
{
    private const int MaxEventsAtOnce = 1_000;

    /// <summary>True for an index of this log, or of an earlier state of it.</summary>
    public bool IsOfThisLog(IndexProgress progress, CancellationToken cancellationToken) =>
        texts.ReadRange(cancellationToken) is var range && range.Epoch == progress.Epoch
        && progress.Sequence >= range.Oldest - 1 && progress.Sequence <= range.Latest
        && (progress.Sequence < range.Oldest || texts.ReadEvent(progress.Sequence, cancellationToken) == progress.Event);

    /// <summary>Puts some more issues into the index, which begins with what there is now.</summary>
    public IndexProgress ScanSome(SqliteSession session, CancellationToken cancellationToken)
    {
        if (IndexProgress.Read(session) is not { } progress)
        {
            var range = texts.ReadRange(cancellationToken);
            progress = new(range.Epoch, range.Latest, texts.ReadEvent(range.Latest, cancellationToken), long.MinValue);
        }

        if (progress.ScannedTo is { } scannedTo)
        {
            progress = progress with { ScannedTo = texts.PutIssues(session, scannedTo, cancellationToken) };
            progress.Write(session);
        }

        return progress;
    }

    /// <summary>Lets some more events take effect; null where the index must be prepared first.</summary>
    public IndexProgress? FollowSome(SqliteSession session, long sequence, CancellationToken cancellationToken)
    {
        if (IndexProgress.Read(session) is not { ScannedTo: null } progress)
        {
            return null;
        }

        if (progress.Sequence >= sequence)
        {
            return progress;
        }

        var end = Math.Min(sequence, progress.Sequence + MaxEventsAtOnce);
        if (texts.PutChanges(session, progress.Epoch, progress.Sequence, end, cancellationToken) is not { } changes)
        {
            return null;
        }

        progress = progress with
        {
            Sequence = end,
            Event = changes.Event,
            IsToBePurged = progress.IsToBePurged || changes.HaveErased,
        };
        progress.Write(session);
        return progress;
    }
}
