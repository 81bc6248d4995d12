namespace OrderIssues.Domain.Issues.Changes;

/// <summary>How large an issue may grow. Well below MongoDB's 16 MiB a document, so that there is room to mend one that got here.</summary>
public static class IssueLimits
{
    /// <summary>The most messages in a discussion.</summary>
    public const int Messages = 5_000;

    /// <summary>The most bytes of an issue as its store keeps it, history included.</summary>
    public const int StoredBytes = 8 * 1024 * 1024;
}
