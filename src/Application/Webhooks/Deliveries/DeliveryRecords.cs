using OrderIssues.Application.Common.Records;

namespace OrderIssues.Application.Webhooks.Deliveries;

/// <summary>Delivery that failed so far, or that somebody asked for.</summary>
public sealed record FailingDelivery
{
    /// <summary>Log that the event is of.</summary>
    public required string Epoch { get; init; }
    public required long Sequence { get; init; }
    public required string Type { get; init; }
    public int Attempts { get; init; }

    /// <summary>Time of the last attempt, or of the request.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Time between the last attempt and the next.</summary>
    public TimeSpan Wait { get; init; }
    public string? Error { get; init; }
}

/// <summary>Deliveries of an endpoint that have a record of their own.</summary>
internal sealed class DeliveryRecords(IRecordStore store, WebhookEndpoint endpoint)
{
    /// <summary>Time for which failed deliveries are kept.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public Records<FailingDelivery> Pending { get; } = new(store, RecordKinds.PendingDeliveries + endpoint.Key);

    public Records<FailingDelivery> Failed { get; } = new(store, RecordKinds.FailedDeliveries + endpoint.Key);

    /// <summary>Key whose order is that of sequences.</summary>
    public static string KeyOf(long sequence) => sequence.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>Adds a delivery, unless the event has one already.</summary>
    public Task AddAsync(FailingDelivery delivery) =>
        Pending.PutIfAbsentAsync(new() { Key = KeyOf(delivery.Sequence), Value = delivery, DueAt = delivery.At + delivery.Wait });

    /// <summary>Keeps that a delivery came to nothing.</summary>
    public async Task GiveUpAsync(Record<FailingDelivery> record, FailingDelivery last)
    {
        await Failed.PutIfAbsentAsync(new() { Key = record.Key, Value = last, ExpiresAt = last.At + Lifetime });
        await Pending.RemoveAsync(record);
    }

    /// <summary>Makes an event's delivery due, whatever became of it before.</summary>
    public async Task RequestAsync(FailingDelivery delivery)
    {
        var asked = new Record<FailingDelivery> { Key = KeyOf(delivery.Sequence), Value = delivery, DueAt = delivery.At };
        var (record, isNew) = await Pending.PutIfAbsentAsync(asked);
        if (!isNew)
        {
            // If it changes meanwhile, it is being delivered.
            await Pending.PutIfVersionAsync(record with { DueAt = delivery.At });
        }

        if (await Failed.FindAsync(asked.Key) is { } failed)
        {
            await Failed.RemoveAsync(failed);
        }
    }
}
