using System.Collections.Concurrent;
using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Application.Issues.Erasing;
using OrderIssues.Application.Issues.Views;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Privacy;

/// <summary>Erases customers' data from issues, and what customers leave outside: remembered responses, and views that name them.</summary>
internal sealed class CustomerDataEraser(IssueEraser eraser, ICustomerData data, RememberedResponses responses, SavedViews views)
{
    private const int MaxErasedAtOnce = 8;

    /// <returns>Outcomes for the issues that there are.</returns>
    public async Task<IReadOnlyDictionary<EntityId, ErasedIssue>> EraseAsync(ErasureCall call, CancellationToken cancellationToken)
    {
        var planned = new ConcurrentBag<Planned>();
        await EachAsync(
            call.Ids,
            async (id, token) =>
            {
                if (await data.FindIssueAsync(id, token) is { } found)
                {
                    planned.Add(PlannedOf(found, call.Decide(found.Issue)));
                }
            },
            cancellationToken);

        // Before the issues: if this ends on the way, nobody knows the names and numbers when it is asked for again.
        await views.RemoveAsync(new CustomerNames(planned.SelectMany(issue => issue.Names)));
        await ForgetAsync(planned.SelectMany(issue => issue.Numbers));

        // Survivors before what was merged into them, so that each is erased once.
        var erased = new ConcurrentDictionary<EntityId, ErasedIssue>();
        foreach (var group in planned.GroupBy(issue => issue.IsMerged).OrderBy(group => group.Key))
        {
            await EachAsync(
                group,
                async (issue, token) =>
                {
                    if (await eraser.EraseAsync(issue.Id, call, token) is { } outcome)
                    {
                        erased[issue.Id] = outcome;
                    }
                },
                cancellationToken);
        }

        // Again, for responses that were remembered meanwhile.
        await ForgetAsync(erased.Values.SelectMany(issue => issue.IssueIds));
        return erased;
    }

    private static Planned PlannedOf(RecordedIssue found, Erasure erasure)
    {
        var issue = found.Issue;
        string?[] present = [issue.CustomerName, issue.CustomerEmail];
        var past =
            from entry in found.History
            from change in entry.Changes
            where change.Field == IssueField.CustomerName.Name || change.Field == IssueField.CustomerEmail.Name
            from value in new[] { change.From, change.To }
            select value as string;
        var names = erasure.IsOfPresent ? past.Concat(present) : past.Except(present);
        var numbers = issue.MergedNumbers().Append(issue.MergedInto);
        return new(
            issue.Id, issue.MergedInto is not null, [.. names.OfType<string>().Distinct()], [.. numbers.OfType<string>().Distinct()]);
    }

    private async Task ForgetAsync(IEnumerable<string> issueIds)
    {
        if (issueIds.ToHashSet() is { Count: > 0 } numbers)
        {
            await responses.ForgetAsync(numbers);
        }
    }

    private static Task EachAsync<T>(
        IEnumerable<T> items, Func<T, CancellationToken, ValueTask> act, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            items, new ParallelOptions { MaxDegreeOfParallelism = MaxErasedAtOnce, CancellationToken = cancellationToken }, act);

    /// <summary>Issue that is going to be erased.</summary>
    /// <param name="Id">Issue.</param>
    /// <param name="IsMerged">True for one that was merged into another one.</param>
    /// <param name="Names">Customers' names and addresses.</param>
    /// <param name="Numbers">Numbers of the issue and of those with which it was merged.</param>
    private sealed record Planned(EntityId Id, bool IsMerged, IReadOnlyList<string> Names, IReadOnlyList<string> Numbers);
}
