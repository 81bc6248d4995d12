using Microsoft.Extensions.Logging;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Merging;

/// <summary>Finds issues that may be about the same as a reported one.</summary>
internal sealed partial class DuplicateFinder(
    IOrderIssueQueries queries, IssueStatuses statuses, IssueTypes types, TimeProvider time, ILogger<DuplicateFinder> logger)
{
    /// <summary>Finds the numbers of possible duplicates, the newest first; none where the store can't tell.</summary>
    // After the report, so that of two at the same time one finds the other. The report is stored, whatever becomes of this.
    public async Task<IReadOnlyList<string>> FindAsync(OrderIssue issue, CancellationToken cancellationToken)
    {
        try
        {
            var candidates = await queries.ListHeadsOfOrderAsync(
                issue.OrderId, time.GetUtcNow() - PossibleDuplicates.MaxAge, PossibleDuplicates.MaxCandidates, cancellationToken);
            return PossibleDuplicates.Of(issue, candidates, statuses, types);
        }
        catch (FailureException failure)
        {
            LogNotFound(issue.IssueId, failure.Message);
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Possible duplicates of {IssueId} can't be looked for: {Reason}")]
    private partial void LogNotFound(string? issueId, string reason);
}
