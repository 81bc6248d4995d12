namespace OrderIssues.WebApi.Errors;

/// <summary>Code of a problem, sent in snake case.</summary>
public enum ProblemCode
{
    /// <summary>The body is empty, no JSON object, nested too deep, or has wrong types.</summary>
    MalformedBody,

    /// <summary>A value breaks a rule; `errors` lists every field.</summary>
    ValidationFailed,

    /// <summary>The credential is missing or invalid; see `WWW-Authenticate`.</summary>
    Unauthorized,

    /// <summary>
    /// The credential lacks the scope: `webhooks:manage` for webhooks, `privacy:manage` for customers' data, else `issues:read` or
    /// `issues:write`.
    /// </summary>
    Forbidden,

    /// <summary>No such issue, or none for this order.</summary>
    IssueNotFound,

    /// <summary>No such ticket in the ticket system.</summary>
    TicketNotFound,

    /// <summary>No such place in the log of events, or another `epoch`; `oldest`, `latest` and `epoch` tell what there is.</summary>
    EventsExpired,

    /// <summary>No such webhook is configured.</summary>
    WebhookNotFound,

    /// <summary>No such view.</summary>
    ViewNotFound,

    /// <summary>No such path.</summary>
    RouteNotFound,

    /// <summary>The path takes other methods, listed in `Allow`.</summary>
    MethodNotAllowed,

    /// <summary>The `Idempotency-Key` is in use by a running request; see `Retry-After`.</summary>
    Conflict,

    /// <summary>The filter finds another number of issues than `expect`; nothing was changed.</summary>
    CountDiffers,

    /// <summary>The issue was merged into another one, whose number is `into`, and takes no changes itself.</summary>
    IssueMerged,

    /// <summary>The issue isn't in a state of `If-Match`; nothing was written.</summary>
    PreconditionFailed,

    /// <summary>The body is larger than 1 MiB.</summary>
    PayloadTooLarge,

    /// <summary>The body isn't JSON.</summary>
    UnsupportedMediaType,

    /// <summary>The `Idempotency-Key` had another body or query within 24 hours.</summary>
    IdempotencyMismatch,

    /// <summary>The discussion would pass 5,000 messages, or the issue with its history 8 MiB.</summary>
    IssueFull,

    /// <summary>The caller sends too many requests; see `Retry-After`.</summary>
    RateLimited,

    /// <summary>A bug in this service.</summary>
    InternalError,

    /// <summary>The ticket system's answer is unusable, or it refused this service's credentials.</summary>
    TicketSourceFailed,

    /// <summary>The ticket system isn't set up here.</summary>
    TicketSourceNotConfigured,

    /// <summary>The ticket system is unreachable or takes no calls; see `Retry-After`, if known.</summary>
    TicketSourceUnavailable,

    /// <summary>The ticket system took over 3 seconds, three times, or 10 seconds in all.</summary>
    TicketSourceTimeout,

    /// <summary>The store can't be reached or written; see `Retry-After`.</summary>
    StoreUnavailable,

    /// <summary>The query took over 5 seconds; more filters may help.</summary>
    QueryTimeout,

    /// <summary>Overload, too many exports, or too many concurrent changes: nothing was done; see `Retry-After`.</summary>
    Overloaded,

    /// <summary>The request took over 30 seconds, and may have taken effect; see `Retry-After`.</summary>
    RequestTimeout,
}
