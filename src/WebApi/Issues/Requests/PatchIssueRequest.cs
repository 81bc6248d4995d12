using FluentValidation.Results;
using NJsonSchema.Annotations;
using OrderIssues.Domain;
using OrderIssues.WebApi.Json;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>
/// Merge patch (RFC 7396): absent fields stay, null removes a value. Texts are trimmed and stored in Unicode NFC; control characters and
/// unknown keys are refused.
/// </summary>
public sealed record PatchIssueRequest
{
    private const int MaxUnknownKeys = 100;

    /// <summary>Ticket id, also as a number; can't be removed if source or channel is Freshdesk or TikTok.</summary>
    /// <example>"18362"</example>
    [StringLength(FieldLimits.TicketId), JsonConverter(typeof(OptionalConverter<string, DigitsConverter>))]
    public Optional<string> TicketId { get; init; }

    /// <summary>All affected items; null for none.</summary>
    [MaxLength(FieldLimits.Items), JsonConverter(typeof(OptionalConverter<IReadOnlyList<CreateIssueItemRequest?>, ItemsConverter>))]
    public Optional<IReadOnlyList<CreateIssueItemRequest?>> Items { get; init; }

    /// <summary>All tracking numbers, 1 to 100 characters each; one may be bare; null for none.</summary>
    /// <example>["TRK123"]</example>
    [MaxLength(FieldLimits.TrackingNumbers)]
    [JsonConverter(typeof(OptionalConverter<IReadOnlyList<string?>, OneOrManyConverter>))]
    public Optional<IReadOnlyList<string?>> TrackingNumber { get; init; }

    /// <summary>Picker of the items.</summary>
    /// <example>John</example>
    [StringLength(FieldLimits.PersonName)]
    public Optional<string> Picker { get; init; }

    /// <summary>Packer of the parcel.</summary>
    /// <example>Jane</example>
    [StringLength(FieldLimits.PersonName)]
    public Optional<string> Packer { get; init; }

    /// <summary>Person who palletted the parcel.</summary>
    /// <example>Jim</example>
    [StringLength(FieldLimits.PersonName)]
    public Optional<string> Palletter { get; init; }

    /// <summary>Customer's name.</summary>
    /// <example>Josh</example>
    [StringLength(FieldLimits.PersonName)]
    public Optional<string> CustomerName { get; init; }

    /// <summary>Customer's e-mail address.</summary>
    /// <example>josh@example.com</example>
    [StringLength(FieldLimits.Email)]
    public Optional<string> CustomerEmail { get; init; }

    /// <summary>Kind of issue; can't be removed.</summary>
    /// <example>damaged</example>
    [StringLength(FieldLimits.IssueType, MinimumLength = 1), NotNull]
    public Optional<string> IssueType { get; init; }

    /// <summary>Status, with the rules of <c>update</c>; sets or removes <c>issueResolvedAt</c>; null for <c>open</c>.</summary>
    /// <example>done</example>
    [StringLength(FieldLimits.Status, MinimumLength = 1)]
    public Optional<string> Status { get; init; }

    /// <summary>Customer's first contact: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100.</summary>
    /// <example>2025-11-19T22:36:28Z</example>
    [DataType(DataType.DateTime)]
    public Optional<string> CustomerReachedAt { get; init; }

    /// <summary>Shipping time, in the same forms.</summary>
    /// <example>2025-11-17T08:00:00Z</example>
    [DataType(DataType.DateTime), JsonPropertyName("shipped_at")]
    public Optional<string> ShippedAt { get; init; }

    /// <summary>Free text of any number of lines.</summary>
    /// <example>Replacement sent.</example>
    [StringLength(FieldLimits.Notes)]
    public Optional<string> Notes { get; init; }

    /// <summary>Person who works on it.</summary>
    /// <example>Kim Lead</example>
    [StringLength(FieldLimits.PersonName)]
    public Optional<string> Assignee { get; init; }

    /// <summary>All tags of 1 to 50 characters, without commas. Stored in lower case.</summary>
    /// <example>["vip"]</example>
    [MaxLength(FieldLimits.Tags), JsonConverter(typeof(OptionalConverter<IReadOnlyList<string?>, OneOrManyConverter>))]
    public Optional<IReadOnlyList<string?>> Tags { get; init; }

    /// <summary><c>low</c>, <c>normal</c>, <c>high</c> or <c>urgent</c>, or Freshdesk's number of it, 1 to 4. Normal is left out.</summary>
    /// <example>high</example>
    [StringLength(FieldLimits.Word), JsonConverter(typeof(OptionalConverter<string, DigitsConverter>))]
    public Optional<string> Priority { get; init; }

    /// <summary>Time by which it should be resolved, in the same forms.</summary>
    /// <example>2025-11-22T10:00:00Z</example>
    [DataType(DataType.DateTime)]
    public Optional<string> DueAt { get; init; }

    /// <summary><c>warehouse</c>, <c>carrier</c>, <c>supplier</c>, <c>listing</c>, <c>customer</c> or <c>unknown</c>.</summary>
    /// <example>warehouse</example>
    [StringLength(FieldLimits.Word)]
    public Optional<string> Fault { get; init; }

    /// <summary>Cost of the issue; parts that are left out stay.</summary>
    [JsonConverter(typeof(OptionalConverter<CostRequest, CostConverter>))]
    public Optional<CostRequest> Cost { get; init; }

    /// <summary>Author, for the history.</summary>
    /// <example>John Agent</example>
    [StringLength(FieldLimits.PersonName)]
    public string? By { get; init; }

    /// <summary>Unknown keys of the body.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? UnknownKeys { get; init; }

    // Limited, so that a response is never much larger than its request.
    internal IEnumerable<ValidationFailure> Errors() => (UnknownKeys ?? []).Keys.Take(MaxUnknownKeys)
        .Select(name => FieldErrors.ForName(name, "isn't a field that can be changed here"));
}
