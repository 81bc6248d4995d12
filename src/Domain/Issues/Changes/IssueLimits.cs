namespace OrderIssues.Domain.Issues.Changes;

/// <summary>Limits to the growth of an issue. Well below MongoDB's 16 MiB a document, which leaves room to mend a full one.</summary>
public static class IssueLimits
{
    /// <summary>Most messages in a discussion.</summary>
    public const int Messages = 5_000;

    /// <summary>Most bytes of an issue in its store, history included.</summary>
    public const int StoredBytes = 8 * 1024 * 1024;
}
