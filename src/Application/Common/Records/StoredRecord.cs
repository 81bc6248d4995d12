namespace OrderIssues.Application.Common.Records;

/// <summary>Record of any kind, as stores see it.</summary>
public sealed record StoredRecord
{
    /// <summary>Kind (<see cref="RecordKinds"/>).</summary>
    public required string Kind { get; init; }

    /// <summary>Text that is unique in its kind.</summary>
    public required string Key { get; init; }

    /// <summary>Stamp unique to a write; null before any.</summary>
    public string? Version { get; init; }

    /// <summary>JSON object.</summary>
    public required string Content { get; init; }

    /// <summary>Bytes beside the content, up to some MiB.</summary>
    public byte[]? Attachment { get; init; }

    /// <summary>Time of expiry, to the millisecond; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Due time, to the millisecond; null: never.</summary>
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>Names of kinds in stores and files.</summary>
public static class RecordKinds
{
    public const string Idempotency = "idempotency";
    public const string TicketIssues = "ticketIssues";

    /// <summary>Issues that the filter of a change with an idempotency key meant at its first try.</summary>
    public const string FilteredIssues = "filteredIssues";
    public const string EventLog = "eventLog";
    public const string Leases = "leases";
    public const string TikTokShopTokens = "tikTokShopTokens";
    public const string Webhooks = "webhooks";
    public const string Views = "views";

    /// <summary>Place in the log up to which nothing erased is left in unused parts of the store's file.</summary>
    public const string ErasedSpace = "erasedSpace";

    /// <summary>Merge that an order's issues are going through.</summary>
    public const string Merges = "merges";

    /// <summary>Places of followers of the event log.</summary>
    public const string Followers = "followers";

    /// <summary>Trial whether the store takes writes.</summary>
    public const string Health = "health";

    /// <summary>Events that an endpoint will get, those that it didn't, and those that it got; each followed by its name.</summary>
    public const string PendingDeliveries = "webhooksPending:";
    public const string FailedDeliveries = "webhooksFailed:";
    public const string Delivered = "webhooksDelivered:";
}
