namespace OrderIssues.Domain.Issues.Repairs;

/// <summary>Some of the issues that a repair looks through.</summary>
/// <param name="Seen">Number of issues looked at.</param>
/// <param name="Found">Those that have another form than the schema's.</param>
public sealed record RepairBatch(long Seen, IReadOnlyList<RepairedIssue> Found);

/// <summary>Issue with values in another form than the schema's.</summary>
/// <param name="Id">Its <c>_id</c>, which may be no <see cref="EntityId"/>.</param>
public sealed record RepairedIssue(string Id)
{
    /// <summary>Kinds of changes: <c>createdAt: text to date</c>. Values aren't told.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>Kinds of values that aren't understood: <c>status: object</c>.</summary>
    public IReadOnlyList<string> NotUnderstood { get; init; } = [];

    /// <summary>Reason for leaving the issue alone in spite of its changes; null for none.</summary>
    public string? Obstacle { get; init; }

    /// <summary>True for an issue that was changed, or would be.</summary>
    public bool IsChanged => Changes.Count > 0 && Obstacle is null;

    /// <summary>Other spelling or synonym, which is replaced by the type that it means.</summary>
    public static string SpellingOfType => $"{IssueField.IssueType}: spelling to type";

    /// <summary>Names the removal of format characters from a field.</summary>
    public static string FormatCharactersIn(string field) => $"{field}: format characters";
}
