using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Erasing;

/// <summary>Erases customers' data from issues.</summary>
internal sealed class IssueEraser(IOrderIssueStore store, ICustomerData data, TimeProvider time)
{
    private const int MaxTries = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Erases the data of an issue, and its messages wherever they are since a merge.</summary>
    /// <param name="id">Issue.</param>
    /// <param name="decide">Decides what to erase.</param>
    /// <param name="by">Person who erases, as the caller claims.</param>
    /// <param name="caller">Name of the caller's credential.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The outcome; null where there is no such issue any more.</returns>
    public async Task<ErasedIssue?> EraseAsync(
        EntityId id, Func<OrderIssue, Erasure> decide, string? by, string? caller, CancellationToken cancellationToken)
    {
        if (await EraseOneAsync(id, decide, by, caller, cancellationToken) is not var (issue, isChanged))
        {
            return null;
        }

        var erasure = decide(issue);
        if (erasure is not { ErasesTexts: true, IsOfPresent: true })
        {
            return new ErasedIssue(issue, isChanged, []);
        }

        var sources = issue.Discussion.Select(message => message.FromIssueId).OfType<string>().Distinct().ToList();
        var others = new List<string>();
        foreach (var number in sources)
        {
            if (await store.FindHeadAsync(number, cancellationToken) is { } source)
            {
                await EraseOneAsync(source.Id, _ => erasure, by, caller, cancellationToken);
                others.Add(number);
            }
        }

        others.AddRange(await EraseCopiesAsync(issue, erasure, by, caller, cancellationToken));
        return new ErasedIssue(issue, isChanged, others);
    }

    /// <summary>Erases the messages of a merged issue from those that took them over.</summary>
    /// <returns>Numbers of these issues.</returns>
    public async Task<IReadOnlyList<string>> EraseCopiesAsync(
        OrderIssue source, Erasure erasure, string? by, string? caller, CancellationToken cancellationToken)
    {
        var copies = erasure with
        {
            TextsFrom = [.. source.Discussion.Select(message => message.FromIssueId).Append(source.IssueId).OfType<string>().Distinct()],
        };
        var others = new List<string>();
        for (var next = source.MergedInto; next is not null && !others.Contains(next);)
        {
            var survivor = await store.FindHeadAsync(next, cancellationToken);
            if (survivor is not null)
            {
                await EraseOneAsync(survivor.Id, _ => copies, by, caller, cancellationToken);
                others.Add(next);
            }

            next = survivor?.MergedInto;
        }

        return others;
    }

    private async Task<(OrderIssue Issue, bool IsChanged)?> EraseOneAsync(
        EntityId id, Func<OrderIssue, Erasure> decide, string? by, string? caller, CancellationToken cancellationToken)
    {
        for (var tries = 1; await data.FindIssueAsync(id, cancellationToken) is var (issue, history); tries++)
        {
            if (issue.Erase(decide(issue), history, time.GetUtcNow()) is not { } change)
            {
                return (issue, false);
            }

            var signed = change with { By = by, Caller = caller, ReturnsHead = true };
            if (await store.TryChangeAsync(signed, cancellationToken) is ChangeResult.Applied)
            {
                return (issue, true);
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
