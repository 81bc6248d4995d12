namespace OrderIssues.Application.Common.Errors;

/// <summary>Ends a request that can't be fulfilled.</summary>
/// <param name="code">Kind of failure, for programs.</param>
/// <param name="detail">Reason, for people. Callers and the log see it, so it holds no secret and no customer's data.</param>
/// <param name="cause">Cause, for the log alone.</param>
public sealed class FailureException(FailureCode code, string detail, Exception? cause = null) : Exception(detail, cause)
{
    public FailureCode Code { get; } = code;

    /// <summary>Broken rules by field: a property of the request, or the name of an <see cref="IssueField"/>.</summary>
    public IReadOnlyList<ValidationFailure> Errors { get; init; } = [];

    /// <summary>Time after which another try may succeed, where it is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True for failures that guarantee that nothing was written.</summary>
    public bool GuaranteesNothingWritten => Code is FailureCode.ValidationFailed or FailureCode.IssueNotFound or FailureCode.TicketNotFound
        or FailureCode.PreconditionFailed or FailureCode.IssueFull;

    /// <summary>Makes the failure of a request with broken rules.</summary>
    public static FailureException OfRules(params IReadOnlyList<ValidationFailure> errors) =>
        new(FailureCode.ValidationFailed, "The request breaks the rules listed in errors.") { Errors = errors };
}
