namespace OrderIssues.Application.Common.Idempotency;

/// <summary>What is known of a key. Written before what it stands for is done, and completed with the answer after it.</summary>
public sealed record IdempotencyRecord
{
    /// <summary><see cref="IdempotencyKey.Text"/>.</summary>
    public required string Key { get; init; }

    /// <inheritdoc cref="IdempotencyKey.Fingerprint"/>
    public required string Fingerprint { get; init; }

    /// <summary>
    /// The id that the new issue or message has, or will have. It stays the same from try to try, so that a try finds what one before it
    /// wrote.
    /// </summary>
    public required EntityId TargetId { get; init; }

    /// <summary>
    /// Until when the request that wrote this may still be at work, to the millisecond. Whoever replaces the record moves it.
    /// </summary>
    public required DateTimeOffset LeaseUntil { get; init; }

    /// <summary>From when on the record counts as gone, to the millisecond.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What was answered; null while nothing was. The caller of <see cref="IdempotentRunner"/> knows its form.</summary>
    public byte[]? Answer { get; init; }
}
