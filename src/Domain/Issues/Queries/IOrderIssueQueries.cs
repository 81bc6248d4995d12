using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Domain.Issues.Queries;

/// <summary>What can be asked about the issues of an <see cref="IOrderIssueStore"/>, which fails as that one does.</summary>
public interface IOrderIssueQueries
{
    /// <summary>What happened to the issue of that number, oldest first; null when there is no such issue. What another program did to it isn't told.</summary>
    Task<IReadOnlyList<HistoryEntry>?> FindHistoryAsync(string issueId, CancellationToken cancellationToken);

    /// <summary>
    /// A page of the issues that the filter means. Whoever goes on from the last one of each page meets every issue that was there all
    /// the time, and whose time that counts didn't change, just once.
    /// </summary>
    /// <param name="filter">Which issues.</param>
    /// <param name="sort">In which order.</param>
    /// <param name="after">Those after this place; null: from the first on. There need be no issue any more in this place.</param>
    /// <param name="limit">The most issues; a page may end early (<see cref="IssuePage.MaxBytes"/>), but has one at least.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IssuePage> ListAsync(IssueFilter filter, IssueSort sort, IssuePosition? after, int limit, CancellationToken cancellationToken);

    /// <summary>How many issues the filter means.</summary>
    Task<long> CountAsync(IssueFilter filter, CancellationToken cancellationToken);

    /// <summary>What <see cref="IssueStatistics"/> are made of, from one state of the store: the issues that the filter means, by the values of a field.</summary>
    Task<IReadOnlyList<IssueTally>> TallyAsync(IssueFilter filter, GroupField by, CancellationToken cancellationToken);
}
