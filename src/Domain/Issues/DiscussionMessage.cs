namespace OrderIssues.Domain.Issues;

/// <summary>Message in the discussion of an issue.</summary>
/// <param name="UserName">Author, as the caller claims.</param>
/// <param name="Message">Text.</param>
/// <param name="CreatedAt">Time when this service received it.</param>
public sealed record DiscussionMessage(string UserName, string Message, DateTimeOffset CreatedAt)
{
    /// <summary>Id that keeps a message from being stored twice.</summary>
    public EntityId? Id { get; init; }
}
