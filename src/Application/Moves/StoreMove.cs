namespace OrderIssues.Application.Moves;

/// <summary>Moves all that a store has into another one, while services run on the first.</summary>
/// <remarks>
/// No write is lost: each change that was acknowledged before the fence has an event, which is followed. A move that was ended at any
/// point is begun again, and copies only what is missing.
/// </remarks>
public sealed class StoreMove(IMoveSource source, IMoveTarget target, TimeProvider time)
{
    private const int EventsAtOnce = 500;

    // Services may write faster than this reads: then the rest is copied behind the fence.
    private const int MaxRounds = 10;
    private const int IssuesAtOnce = 25;
    private const int MaxNames = 5;

    /// <param name="report">Gets each step, and how far it is.</param>
    /// <param name="cancellationToken">Ends the move; the first store takes writes again.</param>
    /// <exception cref="MoveException">The store can't be moved. It takes writes.</exception>
    /// <exception cref="FailureException">One of the stores can't be reached.</exception>
    public async Task<MoveReport> RunAsync(Action<MoveProgress> report, CancellationToken cancellationToken)
    {
        var log = await source.GetLogAsync(cancellationToken);
        await target.BeginAsync(log.Epoch, cancellationToken);
        await PassAsync(MoveStep.Copy, report, cancellationToken);
        await FollowAsync(log.Latest, report, cancellationToken);
        await PassAsync(MoveStep.Compare, report, cancellationToken);
        for (var rounds = 0; rounds < MaxRounds; rounds++)
        {
            var followed = await FollowAsync(log.Latest, report, cancellationToken);
            if ((await source.GetLogAsync(cancellationToken)).Latest - followed < EventsAtOnce)
            {
                break;
            }
        }

        var fencedAt = time.GetTimestamp();
        try
        {
            await source.FenceAsync(cancellationToken);
            var lastEvent = await FollowAsync(log.Latest, report, cancellationToken);
            var records = await CopyRecordsAsync(report, cancellationToken);
            var (issues, there) = (await source.CountIssuesAsync(cancellationToken), await target.CountIssuesAsync(cancellationToken));
            if (there != issues)
            {
                throw new MoveException($"{target.Name} has {there} issues, and {source.Name} {issues}.");
            }

            await target.FinishAsync(log.Epoch, await source.ReadCounterAsync(cancellationToken), cancellationToken);
            return new MoveReport(source.Name, target.Name, issues, lastEvent, records, time.GetElapsedTime(fencedAt).TotalSeconds);
        }
        catch
        {
            await source.ReleaseAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Looks through all issues, and writes those that differ.</summary>
    private async Task PassAsync(MoveStep step, Action<MoveProgress> report, CancellationToken cancellationToken)
    {
        var (seen, total) = (0L, await source.CountIssuesAsync(cancellationToken));
        await foreach (var batch in source.ReadIssuesAsync(cancellationToken))
        {
            await WriteAsync(batch, isChecked: step == MoveStep.Compare, cancellationToken);
            seen += batch.Count;
            report(new MoveProgress(step, seen, Math.Max(total, seen)));
        }
    }

    /// <summary>Copies the events that the target lacks, and the issues that they tell of, up to what is the last event now.</summary>
    /// <param name="copiedUpTo">Sequence of an event from before the issues were copied.</param>
    /// <param name="report">Gets how far it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Sequence of that event.</returns>
    private async Task<long> FollowAsync(long copiedUpTo, Action<MoveProgress> report, CancellationToken cancellationToken)
    {
        var log = await source.GetLogAsync(cancellationToken);
        var place = await target.GetLastEventAsync(cancellationToken);
        if (place > 0 && place < log.Oldest - 1)
        {
            throw new MoveException($"The log of {source.Name} has gone on since the move was begun: begin it anew with an empty store.");
        }

        while (place < log.Latest && await source.ReadEventsAsync(place, EventsAtOnce, cancellationToken) is [.., var last] events)
        {
            // The issues come first, so that a move that ends here finds the events again.
            var changed = events.Where(moved => moved.Event.Sequence > copiedUpTo).Select(moved => moved.Issue).Distinct();
            foreach (var ids in changed.Chunk(IssuesAtOnce))
            {
                await WriteAsync(await source.FindIssuesAsync(ids, cancellationToken), isChecked: true, cancellationToken);
            }

            await target.WriteEventsAsync(events, cancellationToken);
            place = last.Event.Sequence;
            report(new MoveProgress(MoveStep.Follow, place, Math.Max(log.Latest, place)));
        }

        return place;
    }

    // They change without events, so all are copied while nothing is written.
    private async Task<long> CopyRecordsAsync(Action<MoveProgress> report, CancellationToken cancellationToken)
    {
        var copied = 0L;
        await target.RemoveRecordsAsync(cancellationToken);
        await foreach (var batch in source.ReadRecordsAsync(cancellationToken))
        {
            await target.WriteRecordsAsync(batch, cancellationToken);
            copied += batch.Count;
            report(new MoveProgress(MoveStep.Records, copied, copied));
        }

        return copied;
    }

    /// <summary>Writes those that differ.</summary>
    private async Task WriteAsync(IReadOnlyList<MovedIssue> issues, bool isChecked, CancellationToken cancellationToken)
    {
        var differing = await DifferingAsync(issues, cancellationToken);
        if (differing.Count == 0)
        {
            return;
        }

        await target.WriteIssuesAsync(differing, cancellationToken);
        if (isChecked && await DifferingAsync(differing, cancellationToken) is { Count: > 0 } lost)
        {
            var numbers = string.Join(", ", lost.Take(MaxNames).Select(moved => moved.Issue.IssueId));
            throw new MoveException($"{target.Name} can't have these issues as they are: {numbers}");
        }
    }

    private async Task<IReadOnlyList<MovedIssue>> DifferingAsync(IReadOnlyList<MovedIssue> issues, CancellationToken cancellationToken)
    {
        var found = await target.FindIssuesAsync([.. issues.Select(moved => moved.Issue.Id)], cancellationToken);
        var there = found.ToDictionary(moved => moved.Issue.Id);
        return [.. issues.Where(moved => !there.TryGetValue(moved.Issue.Id, out var copy) || !copy.IsSameAs(moved))];
    }
}
