namespace OrderIssues.Domain.Issues;

/// <summary>Message in the discussion of an issue.</summary>
/// <param name="UserName">Author, as the caller claims.</param>
/// <param name="Message">Text.</param>
/// <param name="CreatedAt">Time when this service received it.</param>
public sealed record DiscussionMessage(string UserName, string Message, DateTimeOffset CreatedAt)
{
    /// <summary>Id that keeps a message from being stored twice.</summary>
    public EntityId? Id { get; init; }

    /// <summary>Number of the merged issue that it was written to; null for a message to this issue.</summary>
    public string? FromIssueId { get; init; }

    /// <summary>Sorts messages by time, those of merged issues among the others.</summary>
    // Stores append copies. What isn't merged keeps the order that it is stored in.
    internal static IReadOnlyList<DiscussionMessage> InOrder(IReadOnlyList<DiscussionMessage> messages) =>
        messages.Any(message => message.FromIssueId is not null)
            ? [.. messages.OrderBy(message => message.CreatedAt).ThenBy(message => message.FromIssueId is not null)]
            : messages;
}
