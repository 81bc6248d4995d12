using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>Issue with an order. Unknown values are left out; times are in UTC with milliseconds.</summary>
[JsonSchema("OrderIssue")]
public sealed record IssueModel
{
    /// <summary>Id in the store: 24 hexadecimal digits.</summary>
    /// <example>691e3d1c8f1b2a0012345678</example>
    [JsonPropertyName("_id")]
    public required string Id { get; init; }

    /// <summary>Number, in decimal digits.</summary>
    /// <example>"1600001"</example>
    public string? IssueId { get; init; }

    /// <summary>Order with the issue.</summary>
    /// <example>111-0944945-3989852</example>
    [JsonPropertyName("OrderId")]
    public required string OrderId { get; init; }

    /// <summary>Ticket id in Freshdesk or TikTok.</summary>
    /// <example>"18362"</example>
    public string? TicketId { get; init; }

    /// <summary><c>freshdesk</c>, <c>tiktok</c>, <c>email</c> or <c>other</c>.</summary>
    /// <example>freshdesk</example>
    public string? Channel { get; init; }

    /// <summary>Channel, or a longer name starting with it.</summary>
    /// <example>freshdesk</example>
    public string? Source { get; init; }

    /// <summary>Affected items of the order.</summary>
    public required IReadOnlyList<IssueItemModel> Items { get; init; }

    /// <summary>Tracking numbers of the parcels.</summary>
    /// <example>["TRK123"]</example>
    public required IReadOnlyList<string> TrackingNumber { get; init; }

    /// <summary>Picker of the items.</summary>
    /// <example>John</example>
    public string? Picker { get; init; }

    /// <summary>Packer of the parcel.</summary>
    /// <example>Jane</example>
    public string? Packer { get; init; }

    /// <summary>Person who palletted the parcel.</summary>
    /// <example>Jim</example>
    public string? Palletter { get; init; }

    /// <summary>Customer's name.</summary>
    /// <example>Josh</example>
    public string? CustomerName { get; init; }

    /// <summary>Customer's e-mail address.</summary>
    /// <example>josh@example.com</example>
    public string? CustomerEmail { get; init; }

    /// <summary>Kind of issue.</summary>
    /// <example>delivery issue</example>
    public string? IssueType { get; init; }

    /// <summary><c>open</c>, <c>pending</c>, <c>done</c> or another, in lower case.</summary>
    /// <example>open</example>
    public string? Status { get; init; }

    /// <summary>Customer's first contact.</summary>
    /// <example>2025-11-19T22:36:28.000Z</example>
    public DateTimeOffset? CustomerReachedAt { get; init; }

    /// <summary>Shipping time.</summary>
    /// <example>2025-11-17T08:00:00.000Z</example>
    [JsonPropertyName("shipped_at")]
    public DateTimeOffset? ShippedAt { get; init; }

    /// <summary>Free text.</summary>
    /// <example>Free text notes</example>
    public string? Notes { get; init; }

    /// <summary>Messages about the issue, oldest first.</summary>
    public required IReadOnlyList<DiscussionMessageModel> Discussion { get; init; }

    /// <summary>Reporter of the issue.</summary>
    /// <example>agentName</example>
    public string? CreatedBy { get; init; }

    /// <summary>Resolution time; left out while unresolved.</summary>
    /// <example>2025-11-21T11:00:00.000Z</example>
    public DateTimeOffset? IssueResolvedAt { get; init; }

    /// <summary>Time of the report.</summary>
    /// <example>2025-11-20T10:00:00.000Z</example>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Time of the last change.</summary>
    /// <example>2025-11-20T10:00:00.000Z</example>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Number of changes; 0 for new issues.</summary>
    /// <example>0</example>
    [JsonPropertyName("__v")]
    public required int Version { get; init; }

    /// <summary>Person who works on it.</summary>
    /// <example>Kim Lead</example>
    public string? Assignee { get; init; }

    /// <summary>Tags, in lower case.</summary>
    /// <example>["vip"]</example>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary><c>low</c>, <c>high</c> or <c>urgent</c>; left out if normal.</summary>
    /// <example>high</example>
    public string? Priority { get; init; }

    /// <summary>Time by which it should be resolved.</summary>
    /// <example>2025-11-22T10:00:00.000Z</example>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary><c>warehouse</c>, <c>carrier</c>, <c>supplier</c>, <c>listing</c>, <c>customer</c> or <c>unknown</c>.</summary>
    /// <example>warehouse</example>
    public string? Fault { get; init; }

    /// <summary>Cost of the issue.</summary>
    public CostModel? Cost { get; init; }

    /// <summary>Number of the issue that it was merged into.</summary>
    /// <example>"1600002"</example>
    public string? MergedInto { get; init; }

    /// <summary>In lists: the <c>ETag</c> of the issue, for <c>If-Match</c>.</summary>
    /// <example>"\"0-1763632800000\""</example>
    [JsonPropertyName("_etag")]
    public string? ETag { get; init; }
}
