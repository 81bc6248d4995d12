using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Moves;

/// <summary>Moves all that a store has into another one, while services run on the first.</summary>
/// <remarks>
/// No write is lost: each change that was acknowledged before the fence has an event, which is followed. A move that was ended at any
/// point is begun again, and copies only what is missing.
/// </remarks>
public sealed class StoreMove(IMoveSource source, IMoveTarget target, TimeProvider time)
{
    // Before the fence. If services write faster than this copies, the rest follows behind it.
    private const int MaxRounds = 10;
    private readonly StoreCopy copy = new(source, target);

    /// <param name="report">Gets each step, and how far it is.</param>
    /// <param name="cancellationToken">Ends the move, unless the other store is being opened already.</param>
    /// <exception cref="MoveException">The store can't be moved.</exception>
    /// <exception cref="FailureException">
    /// One of the stores can't be reached. <see cref="IMoveSource.IsFencedAsync"/> tells whether the first still takes no writes.
    /// </exception>
    public async Task<MoveReport> RunAsync(Action<MoveProgress> report, CancellationToken cancellationToken)
    {
        var log = await OrNamedAsync(source.Name, BeginAsync(cancellationToken));
        var wasFenced = await source.IsFencedAsync(cancellationToken);
        switch (await OrNamedAsync(target.Name, target.GetStateAsync(log.Epoch, cancellationToken)))
        {
            case TargetState.Used:
                throw new MoveException(
                    $"{target.Name} has issues or records of its own, or those of another store: name one that is empty.");
            case TargetState.Empty when wasFenced:
                throw new MoveException($"{source.Name} takes no changes: it is in another store, or a move there isn't finished.");
            case TargetState.Finished when !wasFenced:
                throw new MoveException($"{source.Name} was moved there before, and takes changes again: name a store that is empty.");
            case TargetState.Finished:
                await target.OpenAsync(log.Epoch, cancellationToken);
                return new MoveReport(source.Name, target.Name, await source.CountIssuesAsync(cancellationToken), log.Latest, 0, 0);
        }

        var run = new MoveRun(log.Epoch, EntityId.New(time.GetUtcNow()).ToString());
        await target.BeginAsync(run, cancellationToken);
        var (moved, fencedAt) = await MoveAsync(run, log.Latest, report, cancellationToken);

        // Not to be cancelled: where it isn't known whether this succeeds, the fence stays until another run has found out.
        await target.FinishAsync(run, await source.ReadCounterAsync(CancellationToken.None), CancellationToken.None);
        await target.OpenAsync(log.Epoch, CancellationToken.None);
        return moved with { SecondsFenced = time.GetElapsedTime(fencedAt).TotalSeconds };
    }

    /// <summary>Says which store can't be used.</summary>
    private static async Task<T> OrNamedAsync<T>(string store, Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (FailureException failure)
        {
            throw new MoveException($"{store} can't be used: {failure.InnerException?.Message ?? failure.Message}");
        }
    }

    private async Task<EventLogRange> BeginAsync(CancellationToken cancellationToken)
    {
        await source.BeginAsync(cancellationToken);
        return await source.GetLogAsync(cancellationToken);
    }

    /// <summary>Brings all over, and leaves the first store behind the fence.</summary>
    private async Task<(MoveReport Moved, long FencedAt)> MoveAsync(
        MoveRun run, long latest, Action<MoveProgress> report, CancellationToken cancellationToken)
    {
        try
        {
            await CopyAsync(latest, report, cancellationToken);
            var fencedAt = time.GetTimestamp();
            await source.FenceAsync(cancellationToken);
            var lastEvent = await copy.FollowAsync(latest, report, cancellationToken);
            var records = await copy.CopyRecordsAsync(report, cancellationToken);
            var (issues, copied) = (await source.CountIssuesAsync(cancellationToken), await target.CountIssuesAsync(cancellationToken));
            if (copied != issues)
            {
                throw new MoveException($"{target.Name} has {copied} issues, and {source.Name} {issues}: begin anew with an empty store.");
            }

            return await source.IsFencedAsync(cancellationToken)
                ? (new MoveReport(source.Name, target.Name, issues, lastEvent, records, 0), fencedAt)
                : throw new MoveException($"{source.Name} takes changes again, since somebody released it.");
        }
        catch
        {
            await ReleaseAsync(run);
            throw;
        }
    }

    /// <summary>Copies and compares while services run, until few events are left.</summary>
    private async Task CopyAsync(long latest, Action<MoveProgress> report, CancellationToken cancellationToken)
    {
        await copy.PassAsync(MoveStep.Copy, report, cancellationToken);
        await copy.FollowAsync(latest, report, cancellationToken);
        await copy.PassAsync(MoveStep.Compare, report, cancellationToken);
        for (var rounds = 0; rounds < MaxRounds; rounds++)
        {
            var followed = await copy.FollowAsync(latest, report, cancellationToken);
            if ((await source.GetLogAsync(cancellationToken)).Latest - followed < StoreCopy.EventsAtOnce)
            {
                return;
            }
        }
    }

    // A run that has taken over needs the fence.
    private async Task ReleaseAsync(MoveRun run)
    {
        try
        {
            if (await target.IsTakenOverAsync(run, CancellationToken.None))
            {
                return;
            }
        }
        catch (FailureException)
        {
            // Nor can another run finish without the target.
        }

        try
        {
            await source.ReleaseAsync(CancellationToken.None);
        }
        catch (FailureException)
        {
            // What failed before is told; so is it where the source still takes no writes.
        }
    }
}
