using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation.Results;
using NJsonSchema.Annotations;
using OrderIssues.Domain;
using OrderIssues.Domain.Issues;
using OrderIssues.WebApi.Errors;
using OrderIssues.WebApi.Json;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>
/// New values for fields of an issue (a merge patch, RFC 7396). Absent fields stay; null removes a value. Texts are trimmed and stored in
/// Unicode Normalization Form C; control characters and unknown keys are refused.
/// </summary>
public sealed record PatchIssueRequest
{
    private const int MaxUnknownKeys = 100;

    /// <summary>
    /// The ticket's id in Freshdesk or TikTok; can't be removed when source or channel is one of these. A number stands for its digits.
    /// </summary>
    /// <example>"18362"</example>
    [StringLength(FieldLimits.TicketId), JsonConverter(typeof(OptionalConverter<string, DigitsConverter>))]
    public Optional<string> TicketId { get; init; }

    /// <summary>All items of the order that the issue is about; null for none.</summary>
    [MaxLength(FieldLimits.Items)]
    public Optional<IReadOnlyList<CreateIssueItemRequest?>> Items { get; init; }

    /// <summary>
    /// All tracking numbers of the parcels, of 1 to 100 characters each; null for none. A single one may come as a bare string.
    /// </summary>
    /// <example>["TRK123"]</example>
    [MaxLength(FieldLimits.TrackingNumbers)]
    [JsonConverter(typeof(OptionalConverter<IReadOnlyList<string?>, OneOrManyConverter>))]
    public Optional<IReadOnlyList<string?>> TrackingNumber { get; init; }

    /// <summary>Person who picked the items.</summary>
    /// <example>John</example>
    [StringLength(FieldLimits.PersonName)]
    public Optional<string> Picker { get; init; }

    /// <summary>Person who packed the parcel.</summary>
    /// <example>Jane</example>
    [StringLength(FieldLimits.PersonName)]
    public Optional<string> Packer { get; init; }

    /// <summary>Person who put the parcel on the pallet.</summary>
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

    /// <summary>Kind of issue; can't be removed.</summary>
    /// <example>damaged</example>
    [StringLength(FieldLimits.IssueType, MinimumLength = 1), NotNull]
    public Optional<string> IssueType { get; init; }

    /// <summary>Status, as for <c>update</c>, with the same effect on <c>issueResolvedAt</c>; null for <c>open</c>.</summary>
    /// <example>done</example>
    [StringLength(FieldLimits.Status, MinimumLength = 1)]
    public Optional<string> Status { get; init; }

    /// <summary>
    /// Time when the customer first reached out: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100.
    /// </summary>
    /// <example>2025-11-19T22:36:28Z</example>
    [DataType(DataType.DateTime)]
    public Optional<string> CustomerReachedAt { get; init; }

    /// <summary>Time when the order was shipped, in the same forms.</summary>
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
