using OrderIssues.Application.Common.Idempotency;

namespace OrderIssues.Application.Issues;

/// <summary>Request to change one issue.</summary>
public abstract record ChangeRequest : IRequest<OrderIssue>
{
    /// <summary>Accepted revisions of the issue (<see cref="OrderIssue.Revision"/>); null for any.</summary>
    public IReadOnlyList<string>? ExpectedRevisions { get; init; }

    /// <summary>True where the changed issue is answered without its discussion.</summary>
    public bool ReturnsHead { get; init; }

    /// <summary>Try of a request that is made once; null for any number of times.</summary>
    public IdempotentTry? Attempt { get; init; }

    /// <summary>True for a change that a merged issue hands on to the one that it was merged into.</summary>
    internal virtual bool GoesToSurvivor => false;

    /// <exception cref="FailureException">The issue is in none of the expected states.</exception>
    internal static void RequireExpected(IReadOnlyList<string>? expectedRevisions, OrderIssue issue)
    {
        if (expectedRevisions?.Contains(issue.Revision) == false)
        {
            throw new FailureException(FailureCode.PreconditionFailed, "The issue has changed since it was in an expected state.");
        }
    }
}
