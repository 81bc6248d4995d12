namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Some issues of a list.</summary>
/// <param name="Issues">The issues.</param>
/// <param name="Last">Where the next page goes on; null when there is none.</param>
public sealed record IssuePage(IReadOnlyList<OrderIssue> Issues, IssuePosition? Last)
{
    /// <summary>A page ends once it has more bytes than this, as the store counts them, so that it stays readable.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The first of these, as far as they make a page.</summary>
    /// <param name="issues">In order, one more than asked for where there are as many.</param>
    /// <param name="limit">The most issues of the page.</param>
    /// <param name="sort">The order.</param>
    public static IssuePage Of(IReadOnlyList<OrderIssue> issues, int limit, IssueSort sort)
    {
        var count = CountOf(issues, limit);
        return new([.. issues.Take(count)], count < issues.Count ? IssuePosition.Of(issues[count - 1], sort) : null);
    }

    /// <summary>Whether these are more than make a page, so that no further ones are needed to tell what is on it and that another follows.</summary>
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
