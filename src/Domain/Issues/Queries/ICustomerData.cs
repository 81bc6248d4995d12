using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Domain.Issues.Queries;

/// <summary>Customers' data in the issues of a store.</summary>
public interface ICustomerData
{
    /// <summary>Finds the issues that have an address now, or had it before, in any case.</summary>
    Task<IReadOnlyList<EntityId>> FindIssuesAsync(string email, CancellationToken cancellationToken);

    /// <summary>Finds an issue with its discussion and history, or null.</summary>
    Task<RecordedIssue?> FindIssueAsync(EntityId id, CancellationToken cancellationToken);

    /// <summary>Lists issues that were resolved before a time, still are, and have customers' data.</summary>
    /// <param name="before">Time.</param>
    /// <param name="resolved">Statuses that count as resolved, in lower case.</param>
    /// <param name="after">Issue after which the list begins, in the order of ids; null for the first.</param>
    /// <param name="limit">Most issues to list.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<EntityId>> ListResolvedAsync(
        DateTimeOffset before, IReadOnlyCollection<string> resolved, EntityId? after, int limit, CancellationToken cancellationToken);
}

/// <summary>Issue with its history.</summary>
public sealed record RecordedIssue(OrderIssue Issue, IReadOnlyList<HistoryEntry> History);
