using System.Globalization;
using System.Net.ServerSentEvents;
using OrderIssues.Soak.Faults;

namespace OrderIssues.Soak.Audits;

/// <summary>Follows the stream of events as another service does: where its connection ends, it goes on at any instance.</summary>
internal sealed class StreamAudit(IReadOnlyList<Instance> instances)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);
    private readonly HashSet<long> seen = [];
    private long last;

    /// <summary>Connections that ended before it was told to.</summary>
    public int Ended { get; private set; }

    /// <summary>Events that came once more, or after a later one.</summary>
    public int Doubled { get; private set; }

    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var instance = instances[Random.Shared.Next(instances.Count)];
                var address = new Uri(instance.Address, $"/api/issue-event/stream?after={Interlocked.Read(ref last)}");
                await using var stream = await http.GetStreamAsync(address, cancellationToken);
                await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
                {
                    Add(item.EventId);
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                // The instance is gone, or this is the end.
            }

            if (!cancellationToken.IsCancellationRequested)
            {
                Ended++;
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            }
        }
    }

    /// <summary>Waits until the last of these events has come.</summary>
    /// <returns>How many of them haven't come.</returns>
    public async Task<int> CountLostAsync(IReadOnlyCollection<long> events)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (Interlocked.Read(ref last) < events.Max() && TimeProvider.System.GetElapsedTime(start) < MaxWait)
        {
            await Task.Delay(Pause, TimeProvider.System);
        }

        lock (seen)
        {
            return events.Count(sequence => !seen.Contains(sequence));
        }
    }

    private void Add(string? id)
    {
        // Signs of life have none.
        if (string.IsNullOrEmpty(id))
        {
            return;
        }

        var sequence = long.Parse(id, CultureInfo.InvariantCulture);
        lock (seen)
        {
            Doubled += seen.Add(sequence) && sequence > last ? 0 : 1;
        }

        Interlocked.Exchange(ref last, Math.Max(last, sequence));
    }
}
