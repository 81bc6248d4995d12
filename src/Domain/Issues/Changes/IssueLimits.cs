namespace OrderIssues.Domain.Issues.Changes;

/// <summary>Limits to an issue, below MongoDB's 16 MiB.</summary>
public static class IssueLimits
{
    /// <summary>Most messages in a discussion.</summary>
    public const int Messages = 5_000;

    /// <summary>Most bytes in the store, history included.</summary>
    public const int StoredBytes = 8 * 1024 * 1024;

    /// <summary>Most bytes after a change of nothing but status and triage, so that a full issue can be closed.</summary>
    public const int StoredBytesToClose = 9 * 1024 * 1024;
}
