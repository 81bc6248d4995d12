namespace OrderIssues.WebApi.Errors;

/// <summary>Reason of a failed request (RFC 9457).</summary>
public sealed record Problem
{
    /// <summary>Always false.</summary>
    [Required]
    public bool Ok => false;

    /// <summary>Kind of problem, as a URN: <c>urn:problem-type:order-issue:</c> and the code.</summary>
    /// <example>urn:problem-type:order-issue:issue_not_found</example>
    public required string Type { get; init; }

    /// <summary>Kind of problem, for people.</summary>
    /// <example>Issue not found</example>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    /// <example>404</example>
    public required int Status { get; init; }

    /// <summary>Reason, for people.</summary>
    /// <example>There is no issue of this number.</example>
    public required string Detail { get; init; }

    /// <summary>Kind of problem, for programs; stable across versions.</summary>
    /// <example>issue_not_found</example>
    public required string Code { get; init; }

    /// <summary>Messages by the field's JSON name (<c>items[0].qty</c>).</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Sequence of the oldest event there is, for <c>events_expired</c>.</summary>
    public long? Oldest { get; init; }

    /// <summary>Sequence of the latest event, for <c>events_expired</c>.</summary>
    public long? Latest { get; init; }

    /// <summary>Name of the log of events, for <c>events_expired</c>.</summary>
    public string? Epoch { get; init; }

    /// <summary>Number of the issue that it was merged into, for <c>issue_merged</c>.</summary>
    public string? Into { get; init; }

    /// <summary>Id of the request in the service's log.</summary>
    /// <example>00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01</example>
    public required string TraceId { get; init; }
}
