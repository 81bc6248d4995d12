using System.Diagnostics.CodeAnalysis;

namespace OrderIssues.Domain.Issues;

/// <summary>Details of an issue and all that the service adds to them.</summary>
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

    /// <summary>Number that people know the issue by, in decimal digits; given by the store.</summary>
    public string? IssueId { get; init; }

    /// <summary>Messages, oldest first.</summary>
    public IReadOnlyList<DiscussionMessage> Discussion { get; init; } = [];

    /// <summary>Time when the issue became resolved; null while it isn't.</summary>
    public DateTimeOffset? IssueResolvedAt { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>0 for a new issue, one more with each change.</summary>
    public int Version { get; init; }

    /// <summary>Bytes that the issue takes in its store, history included; 0 while it isn't stored.</summary>
    public long StoredBytes { get; init; }
}
