using OrderIssues.Domain.Events;

namespace OrderIssues.Infrastructure.Search;

/// <summary>Texts of a store's issues, from which the index is made.</summary>
internal interface IIndexedTexts
{
    EventLogRange ReadRange();

    /// <summary>Names what an event tells of, so that another one under its sequence can be told; null without such an event.</summary>
    string? ReadEvent(long sequence);

    /// <summary>Reads texts of the next issues, in the order of their numbers.</summary>
    /// <returns>The last number, null if there are no more, and the texts.</returns>
    (long? Last, IReadOnlyList<IndexedText> Texts) ReadIssues(long after, CancellationToken cancellationToken);

    /// <summary>Reads the texts that events changed, as they are now; null without such a place in the log.</summary>
    ChangedTexts? ReadChanged(string epoch, long after, long upTo, CancellationToken cancellationToken);
}

/// <summary>Text of an issue.</summary>
/// <param name="IssueId">Number of the issue.</param>
/// <param name="Version">Version that a message came with; 0 for the fields.</param>
/// <param name="Text">Lines to search in.</param>
internal readonly record struct IndexedText(long IssueId, long Version, string Text);

/// <summary>Texts that events changed.</summary>
/// <param name="Event">Name of the last event (<see cref="IIndexedTexts.ReadEvent"/>).</param>
/// <param name="Erased">Numbers of issues that have no texts but these any more.</param>
/// <param name="Texts">Texts.</param>
internal sealed record ChangedTexts(string? Event, IReadOnlyList<long> Erased, IReadOnlyList<IndexedText> Texts);
