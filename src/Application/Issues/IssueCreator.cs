namespace OrderIssues.Application.Issues;

/// <summary>Opens issues and adds them to the store.</summary>
internal sealed class IssueCreator(IOrderIssueStore store, IssueStatuses statuses, ICaller caller, TimeProvider time)
{
    /// <summary>Creates an issue, once for each id.</summary>
    /// <param name="details">Valid details.</param>
    /// <param name="id">Id of the issue; null for a new one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<AddedIssue> CreateAsync(IssueDetails details, EntityId? id, CancellationToken cancellationToken) =>
        id is { } given && await store.FindAsync(given, cancellationToken) is { } present
            ? new AddedIssue(present, IsNew: false)
            : await store.AddAsync(
                OrderIssue.Open(details, statuses, time.GetUtcNow(), id) with { Caller = caller.Name }, cancellationToken);
}
