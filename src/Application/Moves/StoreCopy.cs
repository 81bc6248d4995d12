namespace OrderIssues.Application.Moves;

/// <summary>Copies from one store into another what the other lacks.</summary>
internal sealed class StoreCopy(IMoveSource source, IMoveTarget target)
{
    /// <summary>Events that are copied by one write.</summary>
    public const int EventsAtOnce = 500;
    private const int IssuesAtOnce = 25;
    private const int MaxNames = 5;

    /// <summary>Looks through all issues, and writes those that differ.</summary>
    public async Task PassAsync(MoveStep step, Action<MoveProgress> report, CancellationToken cancellationToken)
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
    /// <param name="copiedUpTo">Last event when copying began: the issues of those before needn't be read again.</param>
    /// <param name="report">Gets how far it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Sequence of the last event that was copied.</returns>
    public async Task<long> FollowAsync(long copiedUpTo, Action<MoveProgress> report, CancellationToken cancellationToken)
    {
        var log = await source.GetLogAsync(cancellationToken);
        var place = await target.GetLastEventAsync(cancellationToken);
        if (place > 0 && place < log.Oldest - 1)
        {
            // An empty log may begin anywhere, but none may have a gap.
            throw new MoveException($"The log of {source.Name} has gone on since the move was begun: begin anew with an empty store.");
        }

        while (place < log.Latest && await source.ReadEventsAsync(place, EventsAtOnce, cancellationToken) is [.., var last] events)
        {
            // The issues come first, so that a move that ends here finds the events again.
            var changed = events.Where(moved => moved.Event.Sequence > copiedUpTo).Select(moved => moved.Issue).OfType<EntityId>();
            foreach (var ids in changed.Distinct().Chunk(IssuesAtOnce))
            {
                await WriteAsync(await source.FindIssuesAsync(ids, cancellationToken), isChecked: true, cancellationToken);
            }

            await target.WriteEventsAsync(events, cancellationToken);
            place = last.Event.Sequence;
            report(new MoveProgress(MoveStep.Follow, place, Math.Max(log.Latest, place)));
        }

        return place;
    }

    /// <summary>Copies all records.</summary>
    /// <returns>Number of records.</returns>
    // They change without events, so all are copied while nothing is written.
    public async Task<long> CopyRecordsAsync(Action<MoveProgress> report, CancellationToken cancellationToken)
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
        if (isChecked && await DifferingAsync(differing, cancellationToken) is { Count: > 0 } stillDiffering)
        {
            var numbers = string.Join(", ", stillDiffering.Take(MaxNames).Select(moved => moved.Issue.IssueId));
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
