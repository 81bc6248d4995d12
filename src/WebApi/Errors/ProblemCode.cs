namespace OrderIssues.WebApi.Errors;

/// <summary>
/// Codes of problems: those of the application (<see cref="FailureCode"/>) and those that only HTTP has. Sent in snake case.
/// </summary>
public enum ProblemCode
{
    /// <summary>The body is empty, not JSON, not an object, nested too deep, or has a value of the wrong JSON type.</summary>
    MalformedBody,

    /// <summary>A field or query parameter breaks a rule; `errors` names every one.</summary>
    ValidationFailed,

    /// <summary>The request has no credential, or one that isn't valid; `WWW-Authenticate` says which it takes.</summary>
    Unauthorized,

    /// <summary>The credential doesn't permit this: reading takes the scope `issues:read`, everything else `issues:write`.</summary>
    Forbidden,

    /// <summary>No such issue, or none of this order.</summary>
    IssueNotFound,

    /// <summary>The ticket system has no such ticket.</summary>
    TicketNotFound,

    /// <summary>No such path.</summary>
    RouteNotFound,

    /// <summary>The path exists, but not with this method; `Allow` lists those it takes.</summary>
    MethodNotAllowed,

    /// <summary>A request with the same `Idempotency-Key` is still running; `Retry-After` says when to try again.</summary>
    Conflict,

    /// <summary>The issue isn't in any of the states that `If-Match` names; nothing was written.</summary>
    PreconditionFailed,

    /// <summary>The body is larger than 1 MiB.</summary>
    PayloadTooLarge,

    /// <summary>The body isn't JSON.</summary>
    UnsupportedMediaType,

    /// <summary>The `Idempotency-Key` came with another body or query within the last 24 hours.</summary>
    IdempotencyMismatch,

    /// <summary>The change would bring the discussion past 5,000 messages or the stored issue past 8 MiB, history included.</summary>
    IssueFull,

    /// <summary>The caller sent more requests than it may; `Retry-After` says when to try again.</summary>
    RateLimited,

    /// <summary>A bug in this service.</summary>
    InternalError,

    /// <summary>The ticket system answered with something that can't be used, or refused this service's credentials.</summary>
    TicketSourceFailed,

    /// <summary>The ticket system isn't set up in this service.</summary>
    TicketSourceNotConfigured,

    /// <summary>
    /// The ticket system can't be reached, or takes no more calls for now; `Retry-After` says when to try again, where that is known.
    /// </summary>
    TicketSourceUnavailable,

    /// <summary>The ticket system gave no whole answer within 3 seconds, three times, or within 10 seconds in all.</summary>
    TicketSourceTimeout,

    /// <summary>The store can't be reached, or can't write; `Retry-After` says when to try again.</summary>
    StoreUnavailable,

    /// <summary>The question took the store more than 5 seconds; one with more filters may take less.</summary>
    QueryTimeout,

    /// <summary>
    /// The service has more to do than it can, or others kept changing the same issue; `Retry-After` says when to try again.
    /// </summary>
    Overloaded,
}
