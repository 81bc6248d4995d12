using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Erasing;

/// <summary>Erases customers' data from issues.</summary>
internal sealed class IssueEraser(IOrderIssueStore store, ICustomerData data, TimeProvider time)
{
    private const int MaxTries = 20;

    /// <summary>Tries after which an erasure takes effect whatever others change, at the risk that it is told twice.</summary>
    private const int MaxExactTries = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Erases the data of an issue, and its messages wherever they are since a merge.</summary>
    /// <returns>The outcome; null where there is no such issue any more.</returns>
    public async Task<ErasedIssue?> EraseAsync(EntityId id, ErasureCall call, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } found)
        {
            return null;
        }

        var others = new List<string>();
        if (call.Decide(found) is { IsOfMerged: true } planned)
        {
            // Before the issue, which is found again by its address if this ends on the way.
            foreach (var survivor in await ListSurvivorsAsync(found, cancellationToken))
            {
                await EraseOtherAsync(survivor, other => planned.OfCopies(other, found), call, cancellationToken);
                others.Add(survivor.IssueId!);
            }
        }

        if (await EraseOneAsync(id, call.Decide, call.By, call.Caller, cancellationToken) is not var (issue, isChanged))
        {
            return null;
        }

        if (call.Decide(issue) is { IsOfMerged: true } erasure)
        {
            foreach (var source in await ListSourcesAsync(issue, cancellationToken))
            {
                await EraseOtherAsync(source, _ => erasure with { Scope = ErasureScope.Messages }, call, cancellationToken);
                others.Add(source.IssueId!);
            }
        }

        return new ErasedIssue(issue, isChanged, others);
    }

    /// <summary>Erases the texts that are erased in an issue from those with which it was merged.</summary>
    /// <remarks>For copies made at the same time, or where the instance that erased ended before it came to them.</remarks>
    public async Task EraseMergedAsync(OrderIssue issue, string? by, string? caller, CancellationToken cancellationToken)
    {
        // What still has data lost no more than copies, of an issue that is being erased by itself.
        var isErased = issue.Erase(new Erasure(""), history: [], time.GetUtcNow()) is null;
        var sources = isErased ? await ListSourcesAsync(issue, cancellationToken) : [];
        foreach (var other in (await ListSurvivorsAsync(issue, cancellationToken)).Concat(sources))
        {
            await EraseOneAsync(other.Id, present => present.OfTextsErasedIn(issue), by, caller, cancellationToken);
        }
    }

    private Task<IReadOnlyList<OrderIssue>> ListSurvivorsAsync(OrderIssue issue, CancellationToken cancellationToken) =>
        IssueFinder.ListSurvivorsAsync(issue, number => store.FindHeadAsync(number, cancellationToken));

    /// <summary>Finds the issues whose messages the issue took over.</summary>
    private async Task<IReadOnlyList<OrderIssue>> ListSourcesAsync(OrderIssue issue, CancellationToken cancellationToken)
    {
        var sources = new List<OrderIssue>();
        foreach (var number in issue.SourceNumbers())
        {
            if (await store.FindHeadAsync(number, cancellationToken) is { } source)
            {
                sources.Add(source);
            }
        }

        return sources;
    }

    private async Task EraseOtherAsync(
        OrderIssue other, Func<OrderIssue, Erasure> decide, ErasureCall call, CancellationToken cancellationToken)
    {
        if (!call.Covers(other))
        {
            await EraseOneAsync(other.Id, decide, call.By, call.Caller, cancellationToken);
        }
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
            if (await store.TryChangeAsync(tries > MaxExactTries ? signed : signed.IfUnchangedSince(issue), cancellationToken)
                is ChangeResult.Applied)
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
