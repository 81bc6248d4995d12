using NJsonSchema.Annotations;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Webhooks;

/// <summary>Receiver of events.</summary>
[JsonSchema("Webhook")]
public sealed record WebhookModel
{
    internal const string Active = "active";
    internal const string Paused = "paused";
    internal const string Disabled = "disabled";

    internal static readonly IReadOnlyList<string> States = [Active, Paused, Disabled];

    /// <summary>Name.</summary>
    /// <example>erp</example>
    public required string Name { get; init; }

    /// <summary>Address, without its query.</summary>
    /// <example>https://erp.example.com/hooks/order-issues</example>
    public required string Url { get; init; }

    /// <summary>Kinds of events that it takes; none: all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>
    /// <c>active</c>; <c>paused</c> for 30 seconds to 5 minutes after several failures in a row; <c>disabled</c> until it is enabled, after
    /// the receiver's 410 or 5 days without a success.
    /// </summary>
    /// <example>active</example>
    public required string State { get; init; }

    /// <summary>Sequence up to which each event was delivered, or is listed as pending or failed.</summary>
    /// <example>4711</example>
    public required long Place { get; init; }

    /// <summary>Number of events in the log after the place.</summary>
    /// <example>0</example>
    public required long Waiting { get; init; }

    /// <summary>Time of the first event after the place.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Number of events that the log had no longer when their turn came.</summary>
    /// <example>0</example>
    public required long Missed { get; init; }

    /// <summary>Time at which the service found another log, and went on from its end.</summary>
    public DateTimeOffset? LogReplacedAt { get; init; }

    /// <summary>Time of the last success.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Time of the first failure since the last success.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Last failure.</summary>
    public WebhookErrorModel? LastError { get; init; }

    /// <summary>Time at which it was disabled.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Reason for which it was disabled.</summary>
    public string? DisabledReason { get; init; }
}

/// <summary>Failed attempt.</summary>
[JsonSchema("WebhookError")]
public sealed record WebhookErrorModel
{
    /// <summary>Sequence of the event.</summary>
    /// <example>4711</example>
    public required long Sequence { get; init; }

    /// <summary>Time of the attempt.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Reason.</summary>
    /// <example>The receiver answered with the status 500.</example>
    public required string Error { get; init; }
}

/// <summary>Delivery of an event.</summary>
[JsonSchema("WebhookDelivery")]
public sealed record WebhookDeliveryModel
{
    /// <summary>Sequence of the event; its <c>webhook-id</c> is <c>evt_</c> and this.</summary>
    /// <example>4711</example>
    public required long Sequence { get; init; }

    /// <summary>Kind of the event.</summary>
    /// <example>order_issue.created</example>
    public required string Type { get; init; }

    /// <summary><c>pending</c>: to be tried again; <c>failed</c>: not tried again; <c>delivered</c>.</summary>
    /// <example>pending</example>
    public required string Status { get; init; }

    /// <summary>Number of attempts; 0 for one that was asked for and wasn't made yet.</summary>
    /// <example>2</example>
    public required int Attempts { get; init; }

    /// <summary>Time of the last attempt, or of the request.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Time of the next attempt.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Time that the receiver took, in milliseconds.</summary>
    /// <example>48</example>
    public long? Milliseconds { get; init; }

    /// <summary>Reason of the last failure.</summary>
    /// <example>The receiver answered with the status 500.</example>
    public string? Error { get; init; }
}

/// <summary>Result of a trial.</summary>
[JsonSchema("WebhookPing")]
public sealed record WebhookPingModel
{
    /// <summary>True where the receiver took it.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>Time that it took, in milliseconds.</summary>
    /// <example>48</example>
    public required long Milliseconds { get; init; }

    /// <summary>Reason of the failure.</summary>
    public string? Error { get; init; }
}

/// <summary>Webhooks.</summary>
public sealed record WebhookListResponse : Response<IReadOnlyList<WebhookModel>>;

/// <summary>Webhook.</summary>
public sealed record WebhookResponse : Response<WebhookModel>;

/// <summary>Page of deliveries.</summary>
public sealed record WebhookDeliveryListResponse : Response<IReadOnlyList<WebhookDeliveryModel>>
{
    /// <summary>Page.</summary>
    public required PageModel Page { get; init; }
}

/// <summary>Result of a trial.</summary>
public sealed record WebhookPingResponse : Response<WebhookPingModel>;
