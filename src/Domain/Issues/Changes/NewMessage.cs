namespace OrderIssues.Domain.Issues.Changes;

/// <summary>Message to an issue that need not be known.</summary>
/// <param name="OrderId">Order of the issue.</param>
/// <param name="IssueId">Number of the issue; null for the order's newest.</param>
/// <param name="UserName">Author, as the caller claims.</param>
/// <param name="Text">Text.</param>
/// <param name="Now">Time by the clock, which may have been set back.</param>
public sealed record NewMessage(string OrderId, string? IssueId, string UserName, string Text, DateTimeOffset Now)
{
    /// <summary>Id that keeps the message from being stored twice.</summary>
    public EntityId? Id { get; init; }

    /// <summary>True where the head of the changed issue is enough of an answer.</summary>
    public bool ReturnsHead { get; init; }

    /// <summary>Name of the credential that the request came with.</summary>
    public string? Caller { get; init; }

    /// <summary>Decides the change of an issue.</summary>
    public IssueChange ChangeOf(OrderIssue issue) =>
        issue.AddMessage(UserName, Text, Now, Id) with { Caller = Caller, ReturnsHead = ReturnsHead };
}
