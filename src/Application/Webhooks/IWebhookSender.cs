namespace OrderIssues.Application.Webhooks;

/// <summary>Sends events to the configured endpoints.</summary>
public interface IWebhookSender
{
    /// <summary>Sends a message once. It doesn't fail: how it went is in the outcome.</summary>
    Task<DeliveryOutcome> SendAsync(
        WebhookEndpoint endpoint, string messageId, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}

/// <summary>Outcome of an attempt.</summary>
public sealed record DeliveryOutcome
{
    /// <summary>Reason of the failure, without anything that the receiver sent; null for a success.</summary>
    public string? Error { get; init; }

    public bool Succeeded => Error is null;

    /// <summary>True where the receiver wants no more events.</summary>
    public bool IsGone { get; init; }

    /// <summary>True where the receiver didn't answer in time.</summary>
    public bool TimedOut { get; init; }

    /// <summary>Wait that the receiver asks for.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Time that the attempt took.</summary>
    public TimeSpan Duration { get; init; }
}
