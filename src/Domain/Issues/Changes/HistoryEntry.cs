namespace OrderIssues.Domain.Issues.Changes;

/// <summary>What happened to an issue, when, and by whom. Stored in the same atomic operation as what it tells of.</summary>
public sealed record HistoryEntry
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it, as the caller claims.</summary>
    public string? By { get; init; }

    /// <summary>The name of the credential that the request came with.</summary>
    public string? Caller { get; init; }

    /// <summary>One of <see cref="HistoryActions"/>.</summary>
    public required string Action { get; init; }

    public IReadOnlyList<FieldChange> Changes { get; init; } = [];
}

/// <summary>What an entry of an issue's history can tell of.</summary>
public static class HistoryActions
{
    public const string Created = "created";
    public const string StatusChanged = "statusChanged";
    public const string Edited = "edited";
    public const string MessageAdded = "messageAdded";
}
