using OrderIssues.Application.Common.Records;

namespace OrderIssues.Application.Webhooks.Deliveries;

/// <summary>Progress and health of an endpoint.</summary>
public sealed record EndpointState
{
    /// <summary>Log that the place belongs to; null before the first event.</summary>
    public string? Epoch { get; init; }

    /// <summary>Sequence up to which each event was delivered, or has a record of its own.</summary>
    public long Place { get; init; }

    /// <summary>Number of events that the log had no longer when their turn came.</summary>
    public long Missed { get; init; }

    /// <summary>Time at which another log was found, whose end it went on from.</summary>
    public DateTimeOffset? LogReplacedAt { get; init; }

    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Time of the first failure after the last success.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Time that has passed since then, as far as the service ran.</summary>
    public TimeSpan FailingFor { get; init; }

    public DeliveryError? LastError { get; init; }

    /// <summary>Pause after several failures in a row.</summary>
    public Pause? Pause { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public string? DisabledReason { get; init; }

    public bool IsDisabled => DisabledAt is not null;
}

/// <summary>Failed attempt.</summary>
public sealed record DeliveryError(long Sequence, DateTimeOffset At, string Error);

/// <summary>Time for which nothing is sent.</summary>
public sealed record Pause(DateTimeOffset Until, TimeSpan Length)
{
    /// <summary>True until its end; false where the clock was moved back since.</summary>
    public bool IsOn(DateTimeOffset now) => now < Until && Until - now <= Length;
}

/// <summary>Stored states of endpoints.</summary>
internal sealed class EndpointStates(IRecordStore store)
{
    private readonly Records<EndpointState> records = new(store, RecordKinds.Webhooks);

    public async Task<EndpointState?> FindAsync(WebhookEndpoint endpoint) => (await records.FindAsync(endpoint.Key))?.Value;

    /// <summary>Changes the state that is stored now.</summary>
    /// <param name="endpoint">Endpoint.</param>
    /// <param name="change">Makes the new state; the same one changes nothing.</param>
    public async Task<EndpointState> UpdateAsync(WebhookEndpoint endpoint, Func<EndpointState, EndpointState> change)
    {
        while (true)
        {
            var stored = await records.FindAsync(endpoint.Key);
            var state = change(stored?.Value ?? new EndpointState());
            if (state == stored?.Value
                || (stored is null
                    ? (await records.PutIfAbsentAsync(new() { Key = endpoint.Key, Value = state })).IsNew
                    : await records.PutIfVersionAsync(stored with { Value = state }) is not null))
            {
                return state;
            }
        }
    }
}
