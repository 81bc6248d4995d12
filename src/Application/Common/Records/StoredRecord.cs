namespace OrderIssues.Application.Common.Records;

/// <summary>Record of any kind, as stores see it.</summary>
public sealed record StoredRecord
{
    /// <summary>Kind (<see cref="RecordKinds"/>).</summary>
    public required string Kind { get; init; }

    /// <summary>Name that is unique in its kind; any text.</summary>
    public required string Key { get; init; }

    /// <summary>Stamp that the store makes anew with every write and never again; null before the first.</summary>
    public string? Version { get; init; }

    /// <summary>JSON object.</summary>
    public required string Content { get; init; }

    /// <summary>Bytes beside the content, up to some MiB.</summary>
    public byte[]? Attachment { get; init; }

    /// <summary>Time from which the record counts as absent, to the millisecond; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Time from which the record is listed as due, to the millisecond; null: never.</summary>
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>Names of the kinds, which stores and files know them by.</summary>
public static class RecordKinds
{
    public const string Idempotency = "idempotency";
    public const string TicketIssues = "ticketIssues";
    public const string TikTokShopTokens = "tikTokShopTokens";
}
