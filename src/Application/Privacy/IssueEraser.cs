using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Privacy;

/// <summary>Erases customers' data from issues.</summary>
internal sealed class IssueEraser(IOrderIssueStore store, ICustomerData data, TimeProvider time)
{
    private const int MaxTries = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Erases the data of an issue.</summary>
    /// <param name="id">Issue.</param>
    /// <param name="decide">Decides what to erase.</param>
    /// <param name="by">Person who erases, as the caller claims.</param>
    /// <param name="caller">Name of the caller's credential.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The outcome; null where there is no such issue any more.</returns>
    public async Task<ErasedIssue?> EraseAsync(
        EntityId id, Func<OrderIssue, Erasure> decide, string? by, string? caller, CancellationToken cancellationToken)
    {
        for (var tries = 1; await data.FindIssueAsync(id, cancellationToken) is var (issue, history); tries++)
        {
            if (issue.Erase(decide(issue), history, time.GetUtcNow()) is not { } change)
            {
                return new ErasedIssue(issue.IssueId, IsChanged: false);
            }

            var signed = change with { By = by, Caller = caller, ReturnsHead = true };
            if (await store.TryChangeAsync(signed, cancellationToken) is ChangeResult.Applied)
            {
                return new ErasedIssue(issue.IssueId, IsChanged: true);
            }

            if (tries == MaxTries)
            {
                throw FailureException.Overloaded("Others kept changing an issue at the same time.");
            }

            await Task.Delay(Pause * tries * Random.Shared.NextDouble(), time, cancellationToken);
        }

        return null;
    }
}

/// <summary>Issue without its customer's data.</summary>
/// <param name="IssueId">Number of the issue; null for none.</param>
/// <param name="IsChanged">False where nothing was left to erase.</param>
public sealed record ErasedIssue(string? IssueId, bool IsChanged);
