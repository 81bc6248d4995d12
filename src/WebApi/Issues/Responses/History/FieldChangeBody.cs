using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Responses.History;

/// <summary>A field of an issue that became another. A value that wasn't there, or is no longer, is left out.</summary>
[JsonSchema("FieldChange")]
public sealed record FieldChangeBody
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
