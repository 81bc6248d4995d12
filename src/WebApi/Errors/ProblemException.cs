using FluentValidation.Results;

namespace OrderIssues.WebApi.Errors;

/// <summary>Ends a request with a <see cref="Problem"/>.</summary>
/// <param name="code">Code.</param>
/// <param name="detail">Reason, for people. Holds no secret and no customer's data.</param>
/// <param name="cause">Cause, for the log alone.</param>
internal sealed class ProblemException(ProblemCode code, string detail, Exception? cause = null) : Exception(detail, cause)
{
    public ProblemCode Code { get; } = code;

    /// <inheritdoc cref="FailureException.Errors"/>
    public IReadOnlyList<ValidationFailure> Errors { get; init; } = [];

    /// <inheritdoc cref="FailureException.RetryAfter"/>
    public TimeSpan? RetryAfter { get; init; }

    public static ProblemException From(FailureException failure) =>
        new(ProblemTypes.CodeOf(failure.Code), failure.Message, failure.InnerException)
        {
            Errors = failure.Errors,
            RetryAfter = failure.RetryAfter,
        };
}
