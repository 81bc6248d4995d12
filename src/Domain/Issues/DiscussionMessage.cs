namespace OrderIssues.Domain.Issues;

/// <summary>What somebody said about an issue.</summary>
/// <param name="UserName">Who said it, as the caller claims.</param>
/// <param name="Message">What was said.</param>
/// <param name="CreatedAt">When this service was told.</param>
public sealed record DiscussionMessage(string UserName, string Message, DateTimeOffset CreatedAt);
