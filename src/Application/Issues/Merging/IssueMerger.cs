using OrderIssues.Application.Common.Records;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Issues.Merging;

/// <summary>Marks issues as merged, in each order one after another, without transactions or clocks.</summary>
/// <remarks>
/// A record of the order holds the merge until its issue is marked or it is refused. Whoever finds the record finishes that merge before
/// its own. So no merge is decided while another one of the order may still take effect, and none can close a circle.
/// </remarks>
internal sealed class IssueMerger(
    IOrderIssueStore store, IRecordStore records, IssueStatuses statuses, ChangeTurns turns, TimeProvider time)
{
    /// <summary>Time after which a merge is finished for an instance that ended.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(100);
    private const int MaxAtOnce = 100;

    private readonly Records<Merge> merges = new(records, RecordKinds.Merges);

    /// <summary>Marks the issue.</summary>
    /// <returns>The marked issue.</returns>
    /// <exception cref="FailureException">The merge was refused.</exception>
    public async Task<OrderIssue> MarkAsync(Merge merge, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (record, isNew) = await merges.PutIfAbsentAsync(
                new() { Key = merge.OrderId, Value = merge, DueAt = time.GetUtcNow() + Timeout });
            if (isNew)
            {
                return await FinishAsync(record);
            }

            await HelpAsync(record);
        }
    }

    /// <summary>Finishes merges whose instances ended before.</summary>
    public async Task FinishDueAsync(CancellationToken cancellationToken)
    {
        foreach (var record in await merges.ListDueAsync(time.GetUtcNow(), MaxAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await HelpAsync(record);
        }
    }

    private async Task HelpAsync(Record<Merge> record)
    {
        try
        {
            await FinishAsync(record);
        }
        catch (FailureException failure) when (IsRefusal(failure))
        {
            // Only its caller is to be told.
        }
    }

    // Whatever the caller does meanwhile: the record must go.
    private async Task<OrderIssue> FinishAsync(Record<Merge> record)
    {
        try
        {
            var marked = await MarkAsync(record.Value);
            await merges.RemoveAsync(record);
            return marked;
        }
        catch (FailureException failure) when (IsRefusal(failure))
        {
            await merges.RemoveAsync(record);
            throw;
        }
    }

    private async Task<OrderIssue> MarkAsync(Merge merge)
    {
        using var turn = await turns.TakeAsync(merge.SourceId, CancellationToken.None);
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < RetryTimeout;)
        {
            var source = await store.FindAsync(merge.SourceId, CancellationToken.None) ?? throw FailureException.IssueNotFound();
            try
            {
                if (await store.TryChangeAsync(await DecideAsync(merge, source), CancellationToken.None) is var result
                    && IssueEditor.IssueOf(result) is { } marked)
                {
                    return marked;
                }
            }
            catch (FailureException failure) when (failure.GuaranteesNothingWritten)
            {
                // Somebody else may have finished this merge, and others after it.
                if (await store.FindWithChangeAsync(merge.OrderId, merge.Id, CancellationToken.None) is { } made)
                {
                    return made;
                }

                throw;
            }

            await Task.Delay(MaxPause * Random.Shared.NextDouble(), time);
        }

        throw FailureException.Overloaded("Others kept changing this issue at the same time.");
    }

    private async Task<IssueChange> DecideAsync(Merge merge, OrderIssue source)
    {
        if (source.MergedInto is { } before)
        {
            throw FailureException.IssueMerged(before);
        }

        var into = await store.FindAsync(merge.Into, CancellationToken.None);
        var rule = into is null || into.OrderId != source.OrderId ? "must be an issue of the same order"
            : into.Id == source.Id ? "must be another issue"
            : into.MergedInto is { } survivor ? $"must not be merged itself; it was merged into {survivor}"
            : null;
        if (rule is not null)
        {
            throw FailureException.OfRules(new ValidationFailure(nameof(Merge.Into), rule));
        }

        ChangeRequest.RequireExpected(merge.ExpectedRevisions, source);
        var now = time.GetUtcNow();
        if (!into!.HasRoomFor(into!.TakeOver(source, now).Copies))
        {
            throw new FailureException(FailureCode.IssueFull, "The other issue has no room for the messages of this one.");
        }

        var change = source.MergeInto(into!, merge.By, statuses, now) with { EntryId = merge.Id, Caller = merge.Caller };
        return merge.ExpectedRevisions is null ? change : change.IfUnchangedSince(source);
    }

    private static bool IsRefusal(FailureException failure) =>
        failure.GuaranteesNothingWritten || failure.Code == FailureCode.Overloaded;
}
