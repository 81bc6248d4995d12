using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>Something that happened to an issue.</summary>
[JsonSchema("HistoryEntry")]
public sealed record HistoryEntryModel
{
    /// <summary>When it happened, in UTC.</summary>
    /// <example>2025-11-21T11:00:00.000Z</example>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it, as the request claimed: its <c>by</c>, <c>username</c> or <c>createdBy</c>.</summary>
    /// <example>John Agent</example>
    public string? By { get; init; }

    /// <summary>Who did it, as the service knows it: the name of the API key, or the subject of the token, that the request came with.</summary>
    /// <example>support-app</example>
    public string? Caller { get; init; }

    /// <summary>What it was: <c>created</c>, <c>statusChanged</c>, <c>edited</c> (a patch, of the status too) or <c>messageAdded</c>.</summary>
    /// <example>statusChanged</example>
    public required string Action { get; init; }

    /// <summary>The fields that became others; of a message only that the <c>discussion</c> has one more, which has the same time and name.</summary>
    public required IReadOnlyList<FieldChangeModel> Changes { get; init; }
}

/// <summary>A field of an issue that became another. A value that wasn't there, or is no longer, is left out.</summary>
[JsonSchema("FieldChange")]
public sealed record FieldChangeModel
{
    /// <summary>The field.</summary>
    /// <example>status</example>
    public required string Field { get; init; }

    /// <summary>Its value before, as the issue had it.</summary>
    /// <example>open</example>
    public object? From { get; init; }

    /// <summary>Its value after.</summary>
    /// <example>done</example>
    public object? To { get; init; }
}
