using NJsonSchema.Annotations;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Webhooks;

/// <summary>Events to deliver once more.</summary>
public sealed record RedeliverEventsRequest
{
    /// <summary>Sequence of the first event.</summary>
    /// <example>4700</example>
    [Required]
    public long? From { get; init; }

    /// <summary>Sequence of the last event.</summary>
    /// <example>4711</example>
    [Required]
    public long? To { get; init; }
}

/// <summary>Events that will be delivered once more.</summary>
[JsonSchema("Redelivery")]
public sealed record RedeliveryModel
{
    /// <summary>Number of events.</summary>
    /// <example>12</example>
    public required int Events { get; init; }
}

/// <summary>Events that will be delivered once more.</summary>
public sealed record RedeliveryResponse : Response<RedeliveryModel>;
