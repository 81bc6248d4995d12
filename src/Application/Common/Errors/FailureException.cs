namespace OrderIssues.Application.Common.Errors;

/// <summary>A request that can't be fulfilled.</summary>
/// <param name="code">Why, for programs.</param>
/// <param name="detail">Why, for people. It reaches the caller and the log, so it holds no secret and nothing about a customer.</param>
/// <param name="cause">What made it fail; stays in the log.</param>
public sealed class FailureException(FailureCode code, string detail, Exception? cause = null) : Exception(detail, cause)
{
    /// <summary>What the name of a field in <see cref="Errors"/> begins with that is one of the caller's own.</summary>
    public const string AsSent = "$.";

    public FailureCode Code { get; } = code;

    /// <summary>What is wrong with which field, under the names that the request's properties have in C#, or <see cref="AsSent"/>.</summary>
    public IReadOnlyList<ValidationFailure> Errors { get; init; } = [];

    /// <summary>When another try may succeed, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
