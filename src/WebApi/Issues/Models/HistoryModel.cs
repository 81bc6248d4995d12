using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>Change of an issue.</summary>
[JsonSchema("HistoryEntry")]
public sealed record HistoryEntryModel
{
    /// <summary>Time of the change, in UTC.</summary>
    /// <example>2025-11-21T11:00:00.000Z</example>
    public required DateTimeOffset At { get; init; }

    /// <summary>Claimed author: <c>by</c>, <c>username</c> or <c>createdBy</c>.</summary>
    /// <example>John Agent</example>
    public string? By { get; init; }

    /// <summary>Caller: API key's name or token's subject.</summary>
    /// <example>support-app</example>
    public string? Caller { get; init; }

    /// <summary>
    /// <c>created</c>, <c>statusChanged</c>, <c>confirmed</c> (the same status), <c>edited</c>, <c>messageAdded</c>, <c>merged</c> or
    /// <c>erased</c>.
    /// </summary>
    /// <example>statusChanged</example>
    public required string Action { get; init; }

    /// <summary>Reason of an erasure.</summary>
    /// <example>Request of 2025-11-21</example>
    public string? Reason { get; init; }

    /// <summary>
    /// Changed fields; for a message, only <c>discussion</c>. <c>mergedFrom</c> is the number of an issue that was merged into this one.
    /// </summary>
    public required IReadOnlyList<FieldChangeModel> Changes { get; init; }
}

/// <summary>Change of a field. Absent values are left out.</summary>
[JsonSchema("FieldChange")]
public sealed record FieldChangeModel
{
    /// <summary>Field.</summary>
    /// <example>status</example>
    public required string Field { get; init; }

    /// <summary>Value before.</summary>
    /// <example>open</example>
    public object? From { get; init; }

    /// <summary>Value after.</summary>
    /// <example>done</example>
    public object? To { get; init; }
}
