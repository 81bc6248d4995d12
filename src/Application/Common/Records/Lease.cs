namespace OrderIssues.Application.Common.Records;

/// <summary>Time that a record stays unchanged, since this instance saw it first: clocks of others may differ.</summary>
public sealed class UnchangedTime(TimeProvider time)
{
    private string? seenVersion;
    private long seenAt;

    /// <summary>Time since that version was seen first; zero for another one than before.</summary>
    public TimeSpan Of(string? version)
    {
        if (version != seenVersion)
        {
            (seenVersion, seenAt) = (version, time.GetTimestamp());
        }

        return time.GetElapsedTime(seenAt);
    }
}

/// <summary>Lease that one of all instances holds, as a record that it renews.</summary>
/// <remarks>
/// Clocks needn't agree: others take a lease over once they have seen it unrenewed for its duration. Two may hold it for a moment: it only
/// spares work.
/// </remarks>
public sealed class Lease(IRecordStore store, string name, TimeSpan duration, TimeProvider time)
{
    private const int RenewalsPerDuration = 3;
    private readonly Records<LeaseContent> leases = new(store, RecordKinds.Leases);
    private readonly TimeSpan interval = duration / RenewalsPerDuration;
    private readonly UnchangedTime unchanged = new(time);

    /// <summary>Runs work whenever the lease is held, and cancels it when the lease is lost.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TakeAsync() is { } held)
            {
                await RunAsync(work, held, cancellationToken);
            }

            await Task.Delay(interval, time, cancellationToken);
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task> work, Record<LeaseContent> held, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = work(end.Token);
        var renewing = RenewAsync(held, end.Token);
        await Task.WhenAny(working, renewing);
        await end.CancelAsync();
        await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ReleaseAsync(await renewing);
        if (working.IsFaulted)
        {
            await working;
        }
    }

    /// <summary>Takes the lease if nobody has it, or its holder hasn't renewed it; null otherwise.</summary>
    private async Task<Record<LeaseContent>?> TakeAsync()
    {
        try
        {
            var (record, isNew) = await leases.PutIfAbsentAsync(new() { Key = name, Value = new() });
            if (isNew)
            {
                return record;
            }

            return unchanged.Of(record.Version) >= duration ? await leases.PutIfVersionAsync(record) : null;
        }
        catch (FailureException)
        {
            // It is tried again after the interval.
            return null;
        }
    }

    /// <summary>Renews the lease until it is lost or the work ends.</summary>
    private async Task<Record<LeaseContent>> RenewAsync(Record<LeaseContent> held, CancellationToken cancellationToken)
    {
        for (var renewedAt = time.GetTimestamp(); time.GetElapsedTime(renewedAt) < duration;)
        {
            await Task.Delay(interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            try
            {
                if (await leases.PutIfVersionAsync(held) is not { } renewed)
                {
                    break;
                }

                (held, renewedAt) = (renewed, time.GetTimestamp());
            }
            catch (FailureException)
            {
                // Nobody else can take it before its duration is over.
            }
        }

        return held;
    }

    /// <summary>Lets others take the lease at once, unless one has it already.</summary>
    private async Task ReleaseAsync(Record<LeaseContent> held)
    {
        try
        {
            await leases.RemoveAsync(held);
        }
        catch (FailureException)
        {
            // They wait for its duration.
        }
    }

    private sealed record LeaseContent;
}
