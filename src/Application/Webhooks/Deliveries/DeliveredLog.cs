using OrderIssues.Application.Common.Records;

namespace OrderIssues.Application.Webhooks.Deliveries;

/// <summary>Event that an endpoint has got.</summary>
/// <param name="Sequence">Sequence of the event.</param>
/// <param name="Type">Kind of the event.</param>
/// <param name="At">Time of the delivery.</param>
/// <param name="Attempts">Number of attempts that it took.</param>
/// <param name="Milliseconds">Time that the last attempt took.</param>
public sealed record DeliveredEvent(long Sequence, string Type, DateTimeOffset At, int Attempts, long Milliseconds);

/// <summary>Last 1,000 deliveries of an endpoint, in a ring of records that are written from time to time.</summary>
internal sealed class DeliveredLog(IRecordStore store, WebhookEndpoint endpoint)
{
    public const int MaxEvents = 1_000;
    private const int ChunkSize = 100;
    private const int MaxChunks = (MaxEvents / ChunkSize) + 1;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private readonly Records<Chunk> records = new(store, RecordKinds.Delivered + endpoint.Key);
    private readonly Lock sync = new();
    private readonly SortedDictionary<long, Chunk> unsaved = [];
    private Chunk current = new(0, []);

    /// <summary>Reads the deliveries, the latest first, each with its number.</summary>
    public async Task<IReadOnlyList<(long Number, DeliveredEvent Event)>> ReadAsync() =>
    [
        .. (await ReadChunksAsync()).OrderByDescending(chunk => chunk.Number)
            .SelectMany(chunk => chunk.Events.Index().Reverse().Select(entry => ((chunk.Number * ChunkSize) + entry.Index, entry.Item)))
            .Take(MaxEvents),
    ];

    /// <summary>Goes on after the last stored delivery.</summary>
    public async Task LoadAsync()
    {
        var last = (await ReadChunksAsync()).MaxBy(chunk => chunk.Number) ?? new Chunk(0, []);
        lock (sync)
        {
            unsaved.Clear();
            current = last;
        }
    }

    public void Add(DeliveredEvent delivered)
    {
        lock (sync)
        {
            current = current.Events.Count < ChunkSize
                ? current with { Events = [.. current.Events, delivered] }
                : new Chunk(current.Number + 1, [delivered]);
            unsaved[current.Number] = current;
        }
    }

    public async Task SaveAsync()
    {
        List<Chunk> chunks;
        lock (sync)
        {
            chunks = [.. unsaved.Values];
            unsaved.Clear();
        }

        foreach (var chunk in chunks)
        {
            var record = new Record<Chunk>
            {
                Key = $"{chunk.Number % MaxChunks:D2}",
                Value = chunk,
                ExpiresAt = chunk.Events[^1].At + Lifetime,
            };
            var (stored, isNew) = await records.PutIfAbsentAsync(record);
            if (!isNew)
            {
                await records.PutIfVersionAsync(record with { Version = stored.Version });
            }
        }
    }

    private async Task<IEnumerable<Chunk>> ReadChunksAsync() => (await records.ListAsync(null, MaxChunks)).Select(record => record.Value);

    private sealed record Chunk(long Number, IReadOnlyList<DeliveredEvent> Events);
}
