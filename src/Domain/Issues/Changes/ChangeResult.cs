namespace OrderIssues.Domain.Issues.Changes;

/// <summary>What became of an <see cref="IssueChange"/>.</summary>
public abstract record ChangeResult
{
    private ChangeResult()
    {
    }

    /// <summary>It took effect.</summary>
    /// <param name="Issue">The whole issue, right after it.</param>
    public sealed record Applied(OrderIssue Issue) : ChangeResult;

    /// <summary>Nothing changed: a value that it was decided from is another one by now, or the issue is gone. Read and decide again.</summary>
    public sealed record Outdated : ChangeResult;

    /// <summary>Nothing changed: the issue has no room for it (<see cref="IssueLimits"/>).</summary>
    public sealed record Full : ChangeResult;
}
