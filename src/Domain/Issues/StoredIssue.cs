using System.Diagnostics.CodeAnalysis;

namespace OrderIssues.Domain.Issues;

/// <summary>Issue with all that the service adds.</summary>
public abstract record StoredIssue : IssueDetails
{
    private protected StoredIssue()
    {
    }

    [SetsRequiredMembers]
    private protected StoredIssue(IssueDetails details)
        : base(details)
    {
    }

    public required EntityId Id { get; init; }

    /// <summary>Number that people use, in decimal digits.</summary>
    public string? IssueId { get; init; }

    /// <summary>Messages, oldest first; none in the head of an issue.</summary>
    public IReadOnlyList<DiscussionMessage> Discussion { get; init => field = DiscussionMessage.InOrder(value); } = [];

    /// <summary>Messages that were written to this issue.</summary>
    public IEnumerable<DiscussionMessage> OwnMessages => Discussion.Where(message => message.FromIssueId is null);

    /// <summary>Time of the latest message, also in the head of an issue.</summary>
    public DateTimeOffset? LastMessageAt { get => field ?? Discussion.Max(message => (DateTimeOffset?)message.CreatedAt); init; }

    /// <summary>Time of the resolution; null while unresolved.</summary>
    public DateTimeOffset? IssueResolvedAt { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Number of the issue that it was merged into; null for an issue of its own.</summary>
    public string? MergedInto { get; init; }

    /// <summary>Number of changes.</summary>
    public int Version { get; init; }

    /// <summary>Size in the store, with or without the history; 0 before.</summary>
    public long StoredBytes { get; init; }

    /// <summary>Dates a change: now, but not before what happened already.</summary>
    /// <param name="now">Time by the clock, which may have been set back.</param>
    internal DateTimeOffset TimeOfChange(DateTimeOffset now) =>
        new[] { now.ToMilliseconds(), LastMessageAt, CreatedAt, UpdatedAt, IssueResolvedAt }.Max()!.Value;
}
