namespace OrderIssues.Domain.Issues.Changes;

/// <summary>Record of one change, stored atomically with it.</summary>
public sealed record HistoryEntry
{
    /// <summary>Name among the changes for the number of the issue that was merged into this one.</summary>
    public const string MergedFrom = "mergedFrom";

    /// <summary>Id that keeps the change from being made twice.</summary>
    public EntityId? Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Person who made the change, as the caller claims.</summary>
    public string? By { get; init; }

    /// <summary>Name of the credential that the request came with.</summary>
    public string? Caller { get; init; }

    /// <summary>Kind of change (<see cref="HistoryActions"/>).</summary>
    public required string Action { get; init; }

    /// <summary>Reason of an erasure.</summary>
    public string? Reason { get; init; }

    public IReadOnlyList<FieldChange> Changes { get; init; } = [];
}

/// <summary>Kinds of history entries.</summary>
public static class HistoryActions
{
    public const string Created = "created";
    public const string StatusChanged = "statusChanged";

    /// <summary>Status set to the one that it was.</summary>
    public const string Confirmed = "confirmed";
    public const string Edited = "edited";
    public const string MessageAdded = "messageAdded";

    /// <summary>Joined with another issue.</summary>
    public const string Merged = "merged";

    /// <summary>Personal data erased.</summary>
    public const string Erased = "erased";

    public static readonly IReadOnlyList<string> All = [Created, StatusChanged, Confirmed, MessageAdded, Edited, Merged, Erased];
}
