using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Common.Errors;

/// <summary>Ends a request that can't be fulfilled.</summary>
/// <remarks>Callers and the log see the detail: no secret, no customer's data. Only the log sees the cause.</remarks>
public sealed class FailureException(FailureCode code, string detail, Exception? cause = null) : Exception(detail, cause)
{
    /// <summary>Wait after which another try may succeed.</summary>
    public static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(1);

    public FailureCode Code { get; } = code;

    /// <summary>Broken rules by request property or <see cref="IssueField"/>.</summary>
    public IReadOnlyList<ValidationFailure> Errors { get; init; } = [];

    /// <summary>Time until another try may succeed, if known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Events that there are, for a caller who asked for others.</summary>
    public EventLogRange? Events { get; init; }

    /// <summary>Number of the issue that the one to be changed was merged into.</summary>
    public string? Into { get; init; }

    public bool GuaranteesNothingWritten => Code is FailureCode.ValidationFailed or FailureCode.IssueNotFound or FailureCode.TicketNotFound
        or FailureCode.CountDiffers or FailureCode.PreconditionFailed or FailureCode.IssueFull or FailureCode.IssueMerged;

    public static FailureException IssueNotFound() => new(FailureCode.IssueNotFound, "There is no issue of this number.");

    public static FailureException ViewNotFound() => new(FailureCode.ViewNotFound, "There is no view of this name.");

    public static FailureException IssueMerged(string into) =>
        new(FailureCode.IssueMerged, $"The issue was merged into {into}: change that one.") { Into = into };

    public static FailureException EventsExpired(EventLogRange range) =>
        new(FailureCode.EventsExpired, "The log has no such place: begin with its oldest event, or at its end.") { Events = range };

    /// <summary>Store that may answer again within a second.</summary>
    public static FailureException StoreUnavailable(Exception? cause = null) =>
        new(FailureCode.StoreUnavailable, "The store can't be reached right now.", cause) { RetryAfter = ShortPause };

    public static FailureException StoreFull(Exception cause) =>
        new(FailureCode.StoreUnavailable, "The store's disk is full, so that nothing can be written.", cause) { RetryAfter = ShortPause };

    /// <summary>Store that takes no writes any more, or not until a move has ended.</summary>
    public static FailureException StoreFenced() =>
        new(FailureCode.StoreUnavailable, "The issues are being moved to another store, or were moved: this one takes no changes.")
        {
            RetryAfter = ShortPause,
        };

    public static FailureException QueryTimeout(Exception? cause = null) =>
        new(FailureCode.QueryTimeout, "The question takes the store too long.", cause);

    /// <summary>Overload that may be over within a second.</summary>
    public static FailureException Overloaded(string detail) => new(FailureCode.Overloaded, detail) { RetryAfter = ShortPause };

    public static FailureException OfRules(params IReadOnlyList<ValidationFailure> errors) =>
        new(FailureCode.ValidationFailed, "The request breaks the rules listed in errors.") { Errors = errors };
}

/// <summary>Stops a service that is configured wrong.</summary>
/// <param name="message">Line that names the key and its error, without a secret.</param>
public sealed class StartupException(string message) : Exception(message);
