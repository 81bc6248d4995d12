using NJsonSchema;
using NJsonSchema.Annotations;
using OrderIssues.Domain;
using OrderIssues.WebApi.Json;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>Details of a new issue.</summary>
public abstract record NewIssueRequest
{
    /// <summary><c>freshdesk</c>, <c>tiktok</c>, <c>email</c> or <c>other</c>. Default: start of the source.</summary>
    /// <example>freshdesk</example>
    public string? Channel { get; init; }

    /// <summary>Kind of issue.</summary>
    /// <example>delivery issue</example>
    [Required, StringLength(FieldLimits.IssueType, MinimumLength = 1)]
    public string? IssueType { get; init; }

    /// <summary>
    /// <c>open</c> (the default), <c>pending</c>, <c>done</c>, or another of letters, digits, spaces, <c>_</c> and <c>-</c>, unless the
    /// service has a list of its own. Stored in lower case.
    /// </summary>
    /// <example>open</example>
    [StringLength(FieldLimits.Status, MinimumLength = 1)]
    public string? Status { get; init; }

    /// <summary>Affected items of the order.</summary>
    [MaxLength(FieldLimits.Items), JsonConverter(typeof(ItemsConverter))]
    public IReadOnlyList<CreateIssueItemRequest?>? Items { get; init; }

    /// <summary>Tracking numbers, 1 to 100 characters each; a single one may be bare.</summary>
    /// <example>["TRK123"]</example>
    [MaxLength(FieldLimits.TrackingNumbers), JsonConverter(typeof(OneOrManyConverter))]
    public IReadOnlyList<string?>? TrackingNumber { get; init; }

    /// <summary>Picker of the items.</summary>
    /// <example>John</example>
    [StringLength(FieldLimits.PersonName)]
    public string? Picker { get; init; }

    /// <summary>Packer of the parcel.</summary>
    /// <example>Jane</example>
    [StringLength(FieldLimits.PersonName)]
    public string? Packer { get; init; }

    /// <summary>Person who palletted the parcel.</summary>
    /// <example>Jim</example>
    [StringLength(FieldLimits.PersonName)]
    public string? Palletter { get; init; }

    /// <summary>Customer's name.</summary>
    /// <example>Josh</example>
    [StringLength(FieldLimits.PersonName)]
    public string? CustomerName { get; init; }

    /// <summary>Customer's e-mail address.</summary>
    /// <example>josh@example.com</example>
    [StringLength(FieldLimits.Email)]
    public string? CustomerEmail { get; init; }

    /// <summary>Customer's first contact: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100.</summary>
    /// <example>2025-11-19T22:36:28Z</example>
    [DataType(DataType.DateTime)]
    public string? CustomerReachedAt { get; init; }

    /// <summary>Shipping time: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100.</summary>
    /// <example>2025-11-17T08:00:00Z</example>
    [DataType(DataType.DateTime), JsonPropertyName("shipped_at")]
    public string? ShippedAt { get; init; }

    /// <summary>Free text of any number of lines.</summary>
    /// <example>Free text notes</example>
    [StringLength(FieldLimits.Notes)]
    public string? Notes { get; init; }

    /// <summary>Reporter of the issue.</summary>
    /// <example>agentName</example>
    [StringLength(FieldLimits.PersonName)]
    public string? CreatedBy { get; init; }

    /// <summary>Person who works on it.</summary>
    /// <example>Kim Lead</example>
    [StringLength(FieldLimits.PersonName)]
    public string? Assignee { get; init; }

    /// <summary>Tags of 1 to 50 characters, without commas. Stored in lower case.</summary>
    /// <example>["vip"]</example>
    [MaxLength(FieldLimits.Tags), JsonConverter(typeof(OneOrManyConverter))]
    public IReadOnlyList<string?>? Tags { get; init; }

    /// <summary><c>low</c>, <c>normal</c>, <c>high</c> or <c>urgent</c>, or Freshdesk's number of it, 1 to 4. Normal is left out.</summary>
    /// <example>high</example>
    [StringLength(FieldLimits.Word), JsonConverter(typeof(DigitsConverter))]
    public string? Priority { get; init; }

    /// <summary>Time by which it should be resolved, in the same forms; null for none. Default: by its type.</summary>
    /// <example>2025-11-22T10:00:00Z</example>
    [DataType(DataType.DateTime)]
    public Optional<string> DueAt { get; init; }

    /// <summary><c>warehouse</c>, <c>carrier</c>, <c>supplier</c>, <c>listing</c>, <c>customer</c> or <c>unknown</c>.</summary>
    /// <example>warehouse</example>
    [StringLength(FieldLimits.Word)]
    public string? Fault { get; init; }

    /// <summary>Cost of the issue.</summary>
    [JsonConverter(typeof(CostConverter))]
    public CostRequest? Cost { get; init; }
}

/// <summary>Affected item.</summary>
public sealed record CreateIssueItemRequest
{
    /// <summary>Stock keeping unit, also as a number.</summary>
    /// <example>MUG-BLUE-2</example>
    [Required, StringLength(FieldLimits.Sku, MinimumLength = 1), JsonConverter(typeof(DigitsConverter))]
    public string? Sku { get; init; }

    /// <summary>Number of units, also as a numeric string.</summary>
    /// <example>1</example>
    [Required, Range(1, FieldLimits.Qty), JsonSchema(JsonObjectType.Integer), JsonConverter(typeof(QuantityConverter))]
    public long? Qty { get; init; }
}

/// <summary>Cost, or its parts that change.</summary>
public sealed record CostRequest
{
    /// <summary>Amount, from 0 to 1,000,000,000, with two decimals at most.</summary>
    /// <example>12.5</example>
    [Range(0, (double)FieldLimits.CostAmount), NotNull]
    public Optional<decimal?> Amount { get; init; }

    /// <summary>Currency of ISO 4217.</summary>
    /// <example>EUR</example>
    [NotNull]
    public Optional<string> Currency { get; init; }
}

internal sealed class CostConverter() : EmptyTextConverter<CostRequest>("cost");

internal sealed class ItemsConverter() : EmptyTextConverter<IReadOnlyList<CreateIssueItemRequest?>>("items");
