using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Queries on the issues of a store.</summary>
public interface IOrderIssueQueries
{
    /// <summary>Finds a history, oldest entry first; null without issue.</summary>
    /// <remarks>Changes by other programs aren't in it.</remarks>
    Task<IReadOnlyList<HistoryEntry>?> FindHistoryAsync(string issueId, CancellationToken cancellationToken);

    /// <summary>Lists a page of issues.</summary>
    /// <remarks>Paging on from each page's last position meets every issue once.</remarks>
    /// <param name="filter">Criteria.</param>
    /// <param name="sort">Order.</param>
    /// <param name="after">Position before the page; null for the first page. Its issue may be gone.</param>
    /// <param name="limit">Most issues of the page. A page may end early (<see cref="IssuePage.MaxBytes"/>) but has one at least.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IssuePage> ListAsync(IssueFilter filter, IssueSort sort, IssuePosition? after, int limit, CancellationToken cancellationToken);

    /// <summary>Lists heads of an order's issues that aren't merged and were reported since a time, the newest first.</summary>
    Task<IReadOnlyList<OrderIssue>> ListHeadsOfOrderAsync(
        string orderId, DateTimeOffset createdFrom, int limit, CancellationToken cancellationToken);

    /// <summary>Counts the issues that meet a filter.</summary>
    Task<long> CountAsync(IssueFilter filter, CancellationToken cancellationToken);

    /// <summary>Counts issues that aren't merged by the values of one or two fields, for statistics.</summary>
    Task<IReadOnlyList<IssueTally>> TallyAsync(IssueFilter filter, IReadOnlyList<IssueField> by, CancellationToken cancellationToken);
}
