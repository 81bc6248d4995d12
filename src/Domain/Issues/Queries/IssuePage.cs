namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Page of a list.</summary>
/// <param name="Issues">Issues, in order.</param>
/// <param name="Last">Position that the next page starts after; null on the last page.</param>
public sealed record IssuePage(IReadOnlyList<OrderIssue> Issues, IssuePosition? Last)
{
    /// <summary>Size at which a page ends, in stored bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Makes a page of the first issues.</summary>
    /// <param name="issues">Issues in order, one more than the limit where there are as many.</param>
    /// <param name="limit">Most issues of the page.</param>
    /// <param name="sort">Order.</param>
    public static IssuePage Of(IReadOnlyList<OrderIssue> issues, int limit, IssueSort sort)
    {
        var count = CountOf(issues, limit);
        return new([.. issues.Take(count)], count < issues.Count ? IssuePosition.Of(issues[count - 1], sort) : null);
    }

    /// <summary>True once issues fill more than a page.</summary>
    public static bool IsExceededBy(IReadOnlyList<OrderIssue> issues, int limit) => CountOf(issues, limit) < issues.Count;

    private static int CountOf(IReadOnlyList<OrderIssue> issues, int limit)
    {
        var bytes = 0L;
        var count = 0;
        while (count < issues.Count && count < limit && bytes <= MaxBytes)
        {
            bytes += issues[count].StoredBytes;
            count++;
        }

        return count;
    }
}
