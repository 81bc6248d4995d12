namespace OrderIssues.Infrastructure.Search;

/// <summary>Events of the log that the index lacks, of which there are to be few.</summary>
internal sealed class IndexTail
{
    // A search works it off before it looks: some 100 ms.
    private const int MaxEvents = 5_000;
    private static readonly TimeSpan MaxStandstill = TimeSpan.FromMilliseconds(100);
    private readonly object access = new();
    private volatile IndexProgress? place;
    private bool isStandingStill;

    /// <summary>Place of the index, as this process knows it; null while it can't be used.</summary>
    public IndexProgress? Place => place;

    public void MoveTo(IndexProgress? progress)
    {
        lock (access)
        {
            place = progress is { ScannedTo: null } ? progress : null;
            isStandingStill = false;
            Monitor.PulseAll(access);
        }
    }

    /// <summary>Lets the index take a batch first where too much of the log isn't in it, as long as it moves on.</summary>
    // A batch is larger than what a commit adds.
    public void WaitForRoom(long latest)
    {
        lock (access)
        {
            if (!isStandingStill && place is { } present && latest - present.Sequence > MaxEvents)
            {
                isStandingStill = !Monitor.Wait(access, MaxStandstill);
            }
        }
    }
}
