namespace OrderIssues.Domain.Issues;

/// <summary>What somebody said about an issue.</summary>
/// <param name="UserName">Who said it, as the caller claims.</param>
/// <param name="Message">What was said.</param>
/// <param name="CreatedAt">When this service was told.</param>
public sealed record DiscussionMessage(string UserName, string Message, DateTimeOffset CreatedAt)
{
    /// <summary>
    /// Unlike that of any other message, for one that must not be there twice; null for others. Only what is to be written has it: stores don't give it back.
    /// </summary>
    public EntityId? Id { get; init; }
}
