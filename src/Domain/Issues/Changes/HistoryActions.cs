namespace OrderIssues.Domain.Issues.Changes;

/// <summary>What an entry of an issue's history can tell of.</summary>
public static class HistoryActions
{
    public const string Created = "created";
    public const string StatusChanged = "statusChanged";
    public const string Edited = "edited";
    public const string MessageAdded = "messageAdded";
}
