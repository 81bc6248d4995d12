namespace OrderIssues.Infrastructure.MongoDb.Creates;

/// <summary>Numbers issues, one caller at a time.</summary>
// The counter is trusted: its next numbers are looked up by the index. All are read only where one of them is taken, or it is lost.
internal sealed class IssueCounter(CounterDocument counter, StoredNumbers stored, TimeProvider time) : IDisposable
{
    /// <summary>Numbers that are looked up at once.</summary>
    private const int LookAhead = 1_000;
    private const int MaxTries = 5;

    // Reading all numbers may take longer than a request, and goes on when nobody waits for it any more.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stopping = new();
    private readonly Lock starting = new();
    private Task<bool> check = Task.FromResult(true);
    private long last = CounterDocument.BeforeFirst;
    private volatile FreeNumbers? free;

    /// <summary>Takes numbers that follow each other, and gives the first.</summary>
    public async Task<long> NextAsync(int count)
    {
        if (free is null)
        {
            await CheckAsync(null, 0);
        }

        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (await counter.IncrementAsync(count) - count + 1 is not { } first || first <= last)
            {
                // It is missing or unusable, or was set back.
                await CheckAsync(null, 0);
            }
            else if (free?.Include(first, count) == true || await CheckAsync(first, count))
            {
                last = first + count - 1;
                return first;
            }
        }

        throw new FailureException(FailureCode.StoreUnavailable, "The counter of the issues' numbers can't be used.");
    }

    /// <summary>Sets the counter right before the first number is needed.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => StartCheck(null, 0).Check.WaitAsync(cancellationToken);

    /// <summary>Has the next numbers looked up again, since one of them was taken.</summary>
    public void Distrust() => free = null;

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
    }

    /// <summary>True if these numbers are free; else the counter is right from now on.</summary>
    /// <param name="first">First of the numbers; null where the counter gave none.</param>
    /// <param name="count">How many they are.</param>
    private async Task<bool> CheckAsync(long? first, int count)
    {
        while (true)
        {
            var (running, isNew) = StartCheck(first, count);
            var areFree = await running.WaitAsync(MaxWait, time);
            if (isNew)
            {
                return areFree;
            }
        }
    }

    /// <summary>Starts a check, unless one is running.</summary>
    private (Task<bool> Check, bool IsNew) StartCheck(long? first, int count)
    {
        lock (starting)
        {
            var isNew = check.IsCompleted;
            check = isNew ? Task.Run(() => LookUpAsync(first, count, stopping.Token)) : check;
            return (check, isNew);
        }
    }

    private async Task<bool> LookUpAsync(long? first, int count, CancellationToken cancellationToken)
    {
        if ((first ?? await counter.FindAsync(cancellationToken) + 1) is { } next && next > last)
        {
            var taken = await stored.TakenAsync(next, LookAhead, cancellationToken);

            // Other processes take numbers meanwhile, which come from the counter as well.
            if (taken.Count == 0 || (taken.Min() >= next + count && taken.Max() <= await counter.FindAsync(cancellationToken)))
            {
                free = new(next, next + LookAhead - 1);
                return true;
            }
        }

        var highest = Math.Max(last, await stored.HighestAsync(cancellationToken));
        await counter.RaiseAsync(highest, cancellationToken);
        free = new(highest + 1, highest + LookAhead);
        return false;
    }

    private sealed record FreeNumbers(long First, long Last)
    {
        public bool Include(long first, int count) => first >= First && first + count - 1 <= Last;
    }
}
