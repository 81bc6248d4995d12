using NJsonSchema.Annotations;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Events;

/// <summary>Page of events, oldest first.</summary>
public sealed record EventListResponse : Response<IReadOnlyList<IssueEventModel>>
{
    /// <summary>Page.</summary>
    public required EventPageModel Page { get; init; }
}

/// <summary>Change of an issue, without personal data of customers.</summary>
[JsonSchema("IssueEvent")]
public sealed record IssueEventModel
{
    /// <summary>Number in the log, from 1, without gaps.</summary>
    /// <example>1</example>
    public required long Sequence { get; init; }

    /// <summary>Kind of change.</summary>
    /// <example>order_issue.created</example>
    public required string Type { get; init; }

    /// <summary>Time of the change, in UTC.</summary>
    /// <example>2025-11-21T11:00:00.000Z</example>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Issue right after the change.</summary>
    public required IssueEventDataModel Data { get; init; }
}

/// <summary>Issue right after a change.</summary>
[JsonSchema("IssueEventData")]
public sealed record IssueEventDataModel
{
    /// <summary>Number of the issue.</summary>
    /// <example>"1600001"</example>
    public string? IssueId { get; init; }

    /// <summary>Order.</summary>
    /// <example>111-0944945-3989852</example>
    [JsonPropertyName("OrderId")]
    public required string OrderId { get; init; }

    /// <summary>Source of the complaint.</summary>
    /// <example>freshdesk</example>
    public string? Source { get; init; }

    /// <summary>Number of changes (<c>__v</c>): whoever has a later one ignores the event.</summary>
    /// <example>3</example>
    public required int Version { get; init; }

    /// <summary>Status.</summary>
    /// <example>done</example>
    public string? Status { get; init; }

    /// <summary>True for a resolved issue.</summary>
    /// <example>true</example>
    public required bool Resolved { get; init; }

    /// <summary>Names of the changed fields; <c>unknown</c> where another program changed the issue.</summary>
    public required IReadOnlyList<string> Changed { get; init; }

    /// <summary>Claimed author: <c>by</c>, <c>username</c> or <c>createdBy</c>.</summary>
    /// <example>John Agent</example>
    public string? By { get; init; }

    /// <summary>Caller: API key's name or token's subject.</summary>
    /// <example>support-app</example>
    public string? Caller { get; init; }
}

/// <summary>Page of events, and the log that it is of.</summary>
[JsonSchema("EventPage")]
public sealed record EventPageModel
{
    /// <summary>Page size.</summary>
    /// <example>100</example>
    public required int Limit { get; init; }

    /// <summary><c>after</c> of the next call.</summary>
    /// <example>4711</example>
    public required long Next { get; init; }

    /// <summary>Sequence of the oldest event there is; that of the next one in an empty log.</summary>
    /// <example>1</example>
    public required long Oldest { get; init; }

    /// <summary>Sequence of the latest event; 0 before the first.</summary>
    /// <example>4711</example>
    public required long Latest { get; init; }

    /// <summary>Name of the log, which a restored store changes.</summary>
    /// <example>5f0c1f9a2b7d4e83</example>
    public required string Epoch { get; init; }
}
