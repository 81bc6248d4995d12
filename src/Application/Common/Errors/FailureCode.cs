namespace OrderIssues.Application.Common.Errors;

/// <summary>Kinds of failure that callers can tell apart. Callers see each in snake case: <c>issue_not_found</c>.</summary>
public enum FailureCode
{
    /// <summary>Values break rules; the errors name every one.</summary>
    ValidationFailed,

    /// <summary>No issue has this number, or the order has no such issue.</summary>
    IssueNotFound,

    /// <summary>Ticket system has no such ticket.</summary>
    TicketNotFound,

    /// <summary>Idempotency key is in use by a request that is still running.</summary>
    Conflict,

    /// <summary>Issue is in none of the expected states.</summary>
    PreconditionFailed,

    /// <summary>Idempotency key was used for another request.</summary>
    IdempotencyMismatch,

    /// <summary>Issue has no room for the change.</summary>
    IssueFull,

    /// <summary>Ticket system gave an unusable answer, or refused this service's credentials.</summary>
    TicketSourceFailed,

    /// <summary>Ticket system isn't configured.</summary>
    TicketSourceNotConfigured,

    /// <summary>Ticket system can't be reached, or takes no calls for now.</summary>
    TicketSourceUnavailable,

    /// <summary>Ticket system took too long.</summary>
    TicketSourceTimeout,

    /// <summary>Store can't be reached, or can't write.</summary>
    StoreUnavailable,

    /// <summary>Query took the store too long.</summary>
    QueryTimeout,

    /// <summary>Service has more to do than it can, or others kept changing the same issue.</summary>
    Overloaded,
}
