using FluentValidation.Results;
using OrderIssues.Domain.Events;

namespace OrderIssues.WebApi.Errors;

/// <summary>Ends a request with a <see cref="Problem"/>.</summary>
// The detail is sent, so it holds no secret and no customer's data; the cause is only logged.
internal sealed class ProblemException(ProblemCode code, string detail, Exception? cause = null) : Exception(detail, cause)
{
    public ProblemCode Code { get; } = code;

    /// <inheritdoc cref="FailureException.Errors"/>
    public IReadOnlyList<ValidationFailure> Errors { get; init; } = [];

    /// <inheritdoc cref="FailureException.RetryAfter"/>
    public TimeSpan? RetryAfter { get; init; }

    /// <inheritdoc cref="FailureException.Events"/>
    public EventLogRange? Events { get; init; }

    /// <inheritdoc cref="FailureException.Into"/>
    public string? Into { get; init; }

    public static ProblemException From(FailureException failure) =>
        new(ProblemTypes.CodeOf(failure.Code), failure.Message, failure.InnerException)
        {
            Errors = failure.Errors,
            RetryAfter = failure.RetryAfter,
            Events = failure.Events,
            Into = failure.Into,
        };
}
