using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Domain.Issues.Queries;

/// <summary>What can be asked about the issues of an <see cref="IOrderIssueStore"/>, which fails as that one does.</summary>
public interface IOrderIssueQueries
{
    /// <summary>What happened to the issue of that number, oldest first; null when there is no such issue. What another program did to it isn't told.</summary>
    Task<IReadOnlyList<HistoryEntry>?> FindHistoryAsync(string issueId, CancellationToken cancellationToken);
}
