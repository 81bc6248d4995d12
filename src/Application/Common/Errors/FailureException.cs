namespace OrderIssues.Application.Common.Errors;

/// <summary>Ends a request that can't be fulfilled.</summary>
/// <remarks>Callers and the log see the detail: no secret, no customer's data. Only the log sees the cause.</remarks>
public sealed class FailureException(FailureCode code, string detail, Exception? cause = null) : Exception(detail, cause)
{
    public FailureCode Code { get; } = code;

    /// <summary>Broken rules by request property or <see cref="IssueField"/>.</summary>
    public IReadOnlyList<ValidationFailure> Errors { get; init; } = [];

    /// <summary>Time until another try may succeed, if known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool GuaranteesNothingWritten => Code is FailureCode.ValidationFailed or FailureCode.IssueNotFound or FailureCode.TicketNotFound
        or FailureCode.PreconditionFailed or FailureCode.IssueFull;

    public static FailureException OfRules(params IReadOnlyList<ValidationFailure> errors) =>
        new(FailureCode.ValidationFailed, "The request breaks the rules listed in errors.") { Errors = errors };
}

/// <summary>Stops a service that is configured wrong.</summary>
/// <param name="message">Line that names the key and its error, without a secret.</param>
public sealed class StartupException(string message) : Exception(message);
