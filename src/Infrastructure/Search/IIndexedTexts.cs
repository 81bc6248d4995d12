using OrderIssues.Domain.Events;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Search;

/// <summary>Texts of a store's issues, from which the index is made.</summary>
internal interface IIndexedTexts
{
    /// <summary>Most issues that are put into the index at once.</summary>
    const int MaxIssues = 1_000;

    /// <summary>Stored bytes of issues after which no more are put into the index at once.</summary>
    const int MaxBytes = 16 * 1024 * 1024;

    EventLogRange ReadRange(CancellationToken cancellationToken);

    /// <summary>Names what an event tells of, so that another one under its sequence can be told; null without such an event.</summary>
    string? ReadEvent(long sequence, CancellationToken cancellationToken);

    /// <summary>Puts the next issues into the index, in an order of the store.</summary>
    /// <param name="index">Session in which to write.</param>
    /// <param name="after">Number, in the index, of the issue that was put last.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Number of the last one; null if there are no more.</returns>
    long? PutIssues(SqliteSession index, long after, CancellationToken cancellationToken);

    /// <summary>Puts what events changed into the index, as it is now; null without such a place in the log.</summary>
    IndexedChanges? PutChanges(SqliteSession index, string epoch, long after, long upTo, CancellationToken cancellationToken);
}

/// <summary>Changes that were put into the index.</summary>
/// <param name="Event">Name of the last event (<see cref="IIndexedTexts.ReadEvent"/>).</param>
/// <param name="HaveErased">True if texts were erased.</param>
internal sealed record IndexedChanges(string? Event, bool HaveErased);
