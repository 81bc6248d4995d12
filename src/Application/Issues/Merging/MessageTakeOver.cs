using Microsoft.Extensions.Logging;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Issues.Merging;

/// <summary>Copies messages of a merged issue to the one that took over, each once.</summary>
internal sealed partial class MessageTakeOver(
    IOrderIssueStore store, ChangeTurns turns, TimeProvider time, ILogger<MessageTakeOver> logger)
{
    private static readonly TimeSpan RetryTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Copies what is missing.</summary>
    /// <param name="source">Merged issue, with its messages.</param>
    /// <param name="by">Person who merged it, for the history.</param>
    /// <param name="caller">Name of the credential, for the history.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<TakeOverResult> RunAsync(OrderIssue source, string? by, string? caller, CancellationToken cancellationToken)
    {
        var survivor = await FindSurvivorAsync(source, cancellationToken);
        using var turn = await turns.TakeAsync(survivor?.Id ?? source.Id, cancellationToken);
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < RetryTimeout;)
        {
            // Texts may have been erased since.
            source = await store.FindAsync(source.Id, cancellationToken) ?? source;
            survivor = await FindSurvivorAsync(source, cancellationToken);
            if (survivor is not { MergedInto: null })
            {
                return new(survivor, IsComplete: true);
            }

            var change = survivor.TakeOver(source, time.GetUtcNow()) with { By = by, Caller = caller };
            var isTold = await store.FindWithChangeAsync(source.OrderId, source.TakeOverId(), cancellationToken) is not null;
            if (isTold && change.Copies is [])
            {
                return new(survivor, IsComplete: true);
            }

            switch (await store.TryChangeAsync(isTold ? change : change with { EntryId = source.TakeOverId() }, cancellationToken))
            {
                case ChangeResult.Applied applied:
                    return new(applied.Issue, IsComplete: true);
                case ChangeResult.Full:
                    LogFull(survivor.IssueId, change.Copies.Count, source.IssueId);
                    return new(survivor, IsComplete: true);
            }

            await Task.Delay(MaxPause * Random.Shared.NextDouble(), time, cancellationToken);
        }

        return new(survivor, IsComplete: false);
    }

    private Task<OrderIssue?> FindSurvivorAsync(OrderIssue source, CancellationToken cancellationToken) =>
        IssueFinder.FindSurvivorAsync(source, number => store.FindAsync(number, cancellationToken));

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "{Survivor} has no room for {Count} messages of the merged issue {Source}, which keeps them")]
    private partial void LogFull(string? survivor, int count, string? source);
}

/// <summary>Outcome of a take-over.</summary>
/// <param name="Survivor">Issue that took over; null where another program removed it.</param>
/// <param name="IsComplete">False where others kept changing that issue, so that messages may be missing still.</param>
internal readonly record struct TakeOverResult(OrderIssue? Survivor, bool IsComplete);
