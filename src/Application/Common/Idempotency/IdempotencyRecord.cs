namespace OrderIssues.Application.Common.Idempotency;

/// <summary>Content of a key's record, written before the work begins. The response is attached once there is one.</summary>
public sealed record IdempotencyRecord
{
    /// <inheritdoc cref="IdempotencyKey.Fingerprint"/>
    public required string Fingerprint { get; init; }

    /// <summary>Id of the new issue or message, the same for every try, so that a try finds what an earlier one wrote.</summary>
    public required EntityId TargetId { get; init; }

    /// <summary>Time until which the request may still be at work, to the millisecond. A retry that takes over moves it.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }
}
