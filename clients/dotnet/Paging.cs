using System.Runtime.CompilerServices;

namespace OrderIssues.Client;

/// <summary>What several calls do together.</summary>
public static partial class OrderIssueClientExtensions
{
    /// <summary>All issues that meet the filters, fetched a page at a time.</summary>
    /// <param name="client">The client.</param>
    /// <param name="options">The filters, the order, and a cursor to start from; <c>Limit</c> is how many are fetched at once, 200 without it.</param>
    /// <param name="cancellationToken">Ends it, also in the middle of a page.</param>
    public static IAsyncEnumerable<OrderIssue> AllIssuesAsync(
        this IOrderIssueClient client, ListIssuesOptions? options = null, CancellationToken cancellationToken = default)
    {
        var pages = (options ?? new()).At(options?.Cursor);
        pages.Limit ??= 200;
        return ItemsAsync(client.ListIssuesPagesAsync(pages, CancellationToken.None), page => page.Data, cancellationToken);
    }

    private static async IAsyncEnumerable<TPage> FollowAsync<TPage>(
        Func<string?, CancellationToken, Task<TPage>> fetch,
        Func<TPage, string?> next,
        string? cursor,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await fetch(cursor, cancellationToken);
            yield return page;
            cursor = next(page);
        }
        while (cursor is not null);
    }

    private static async IAsyncEnumerable<TItem> ItemsAsync<TPage, TItem>(
        IAsyncEnumerable<TPage> pages, Func<TPage, IEnumerable<TItem>> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            foreach (var item in items(page))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }
        }
    }
}
