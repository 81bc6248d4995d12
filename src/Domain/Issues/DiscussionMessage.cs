namespace OrderIssues.Domain.Issues;

/// <summary>Message in the discussion of an issue.</summary>
/// <param name="UserName">Author, as the caller claims.</param>
/// <param name="Message">Text.</param>
/// <param name="CreatedAt">Time when this service received it.</param>
public sealed record DiscussionMessage(string UserName, string Message, DateTimeOffset CreatedAt)
{
    /// <summary>Id of a message that must not be stored twice; null otherwise. Stores don't give it back.</summary>
    public EntityId? Id { get; init; }
}
