using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using NJsonSchema.Annotations;
using OrderIssues.Domain;
using OrderIssues.Domain.Issues;
using OrderIssues.WebApi.Errors;
using OrderIssues.WebApi.Json;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>
/// Other values for fields of an issue (a merge patch, RFC 7396). What isn't in it stays; null removes a value. Texts are trimmed and stored in Unicode
/// Normalization Form C; control characters are refused. Any other key is refused.
/// </summary>
public sealed record PatchIssueRequest
{
    private const int MaxUnknownKeys = 100;

    /// <summary>The ticket's id in Freshdesk or TikTok; can't be removed when source or channel is one of these. A number stands for its digits.</summary>
    /// <example>"18362"</example>
    [StringLength(FieldLimits.TicketId), JsonConverter(typeof(OptionalConverter<string, DigitsConverter>))]
    public Optional<string> TicketId { get; init; }

    /// <summary>All items of the order that the issue is about; null: none.</summary>
    [MaxLength(FieldLimits.Items)]
    public Optional<IReadOnlyList<CreateIssueItemRequest?>> Items { get; init; }

    /// <summary>All of the parcels' tracking numbers, of 1 to 100 characters each; null: none. One alone may come as a bare string.</summary>
    /// <example>["TRK123"]</example>
    [MaxLength(FieldLimits.TrackingNumbers)]
    [JsonConverter(typeof(OptionalConverter<IReadOnlyList<string?>, OneOrManyConverter>))]
    public Optional<IReadOnlyList<string?>> TrackingNumber { get; init; }

    /// <summary>Who picked the items.</summary>
    /// <example>John</example>
    [StringLength(FieldLimits.PersonName)]
    public Optional<string> Picker { get; init; }

    /// <summary>Who packed the parcel.</summary>
    /// <example>Jane</example>
    [StringLength(FieldLimits.PersonName)]
    public Optional<string> Packer { get; init; }

    /// <summary>Who put the parcel on the pallet.</summary>
    /// <example>Jim</example>
    [StringLength(FieldLimits.PersonName)]
    public Optional<string> Palletter { get; init; }

    /// <summary>The customer's name.</summary>
    /// <example>Josh</example>
    [StringLength(FieldLimits.PersonName)]
    public Optional<string> CustomerName { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    /// <example>josh@example.com</example>
    [StringLength(FieldLimits.Email), DataType(DataType.EmailAddress)]
    public Optional<string> CustomerEmail { get; init; }

    /// <summary>What kind of issue it is; can't be removed.</summary>
    /// <example>damaged</example>
    [StringLength(FieldLimits.IssueType, MinimumLength = 1), NotNull]
    public Optional<string> IssueType { get; init; }

    /// <summary>
    /// As for <c>update</c>, and with the same effect on <c>issueResolvedAt</c>; null: <c>open</c>, which an issue is that nobody says otherwise of.
    /// </summary>
    /// <example>done</example>
    [StringLength(FieldLimits.Status, MinimumLength = 1)]
    public Optional<string> Status { get; init; }

    /// <summary>When the customer first reached out: ISO 8601 date and time, in UTC where no zone is named, or a date, which is its midnight; 2000 to 2100.</summary>
    /// <example>2025-11-19T22:36:28Z</example>
    [DataType(DataType.DateTime)]
    public Optional<string> CustomerReachedAt { get; init; }

    /// <summary>When the order was shipped, likewise.</summary>
    /// <example>2025-11-17T08:00:00Z</example>
    [DataType(DataType.DateTime), JsonPropertyName("shipped_at")]
    public Optional<string> ShippedAt { get; init; }

    /// <summary>Free text of any number of lines.</summary>
    /// <example>Replacement sent.</example>
    [StringLength(FieldLimits.Notes)]
    public Optional<string> Notes { get; init; }

    /// <summary>Unknown keys of the body.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? UnknownKeys { get; init; }

    /// <summary>Makes the errors of unknown keys, up to a number, so that no answer is larger than its request.</summary>
    internal IEnumerable<ValidationFailure> Errors() => (UnknownKeys ?? []).Keys.Take(MaxUnknownKeys)
        .Select(name => FieldErrors.AsSent(name, "isn't a field that can be changed here"));
}
