namespace OrderIssues.Application.Common.Errors;

/// <summary>Kinds of failure, in snake case for callers.</summary>
public enum FailureCode
{
    /// <summary>Values break rules; the errors name every one.</summary>
    ValidationFailed,
    /// <summary>Issue doesn't exist, or not for the order.</summary>
    IssueNotFound,
    TicketNotFound,
    WebhookNotFound,
    ViewNotFound,
    /// <summary>Log of events has no such place, or is another one.</summary>
    EventsExpired,
    /// <summary>Filter matches another number of issues than the caller expects.</summary>
    CountDiffers,
    /// <summary>Idempotency key's first request is still running.</summary>
    Conflict,
    /// <summary>Issue was merged into another one, and takes no changes.</summary>
    IssueMerged,
    /// <summary>Issue is in none of the expected states.</summary>
    PreconditionFailed,
    /// <summary>Idempotency key was used for another request.</summary>
    IdempotencyMismatch,
    /// <summary>Issue has no room for the change.</summary>
    IssueFull,
    /// <summary>Ticket system's answer is unusable or refuses credentials.</summary>
    TicketSourceFailed,
    TicketSourceNotConfigured,
    /// <summary>Ticket system is unreachable or refuses calls.</summary>
    TicketSourceUnavailable,
    TicketSourceTimeout,
    /// <summary>Store can't be reached, or can't write.</summary>
    StoreUnavailable,
    QueryTimeout,
    /// <summary>Overload, or repeated conflicts on one issue.</summary>
    Overloaded,
}
