using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>Vocabulary.</summary>
public sealed record VocabularyResponse : Response<VocabularyModel>;

/// <summary>Words that the fields of an issue may have, for forms.</summary>
[JsonSchema("Vocabulary")]
public sealed record VocabularyModel
{
    /// <summary>Statuses; where any is permitted, the usual ones.</summary>
    public required IReadOnlyList<KnownStatusModel> Statuses { get; init; }

    /// <summary>True where other statuses are permitted, too.</summary>
    /// <example>true</example>
    public required bool AnyStatus { get; init; }

    /// <summary>Types.</summary>
    /// <example>["wrong item"]</example>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>True where any type is permitted; <c>types</c> is empty then.</summary>
    /// <example>false</example>
    public required bool AnyType { get; init; }

    /// <summary>Channels.</summary>
    /// <example>["freshdesk", "tiktok", "email", "other"]</example>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>Priorities, the lowest first.</summary>
    /// <example>["low", "normal", "high", "urgent"]</example>
    public required IReadOnlyList<string> Priorities { get; init; }

    /// <summary>Parties whose fault an issue may be.</summary>
    /// <example>["warehouse", "carrier"]</example>
    public required IReadOnlyList<string> Faults { get; init; }
}

/// <summary>Status.</summary>
[JsonSchema("KnownStatus")]
public sealed record KnownStatusModel
{
    /// <summary>Status.</summary>
    /// <example>done</example>
    public required string Status { get; init; }

    /// <summary>True if it means resolved.</summary>
    /// <example>true</example>
    public required bool Resolved { get; init; }
}
