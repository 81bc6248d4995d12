using OrderIssues.WebApi.Json;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>New issue. Texts are trimmed and stored in Unicode NFC; control characters are refused, unknown keys ignored.</summary>
public sealed record CreateIssueRequest : NewIssueRequest
{
    /// <summary>Order with the issue, also as a number.</summary>
    /// <example>111-0944945-3989852</example>
    [Required, StringLength(FieldLimits.OrderId, MinimumLength = 1), JsonPropertyName("OrderId"), JsonConverter(typeof(DigitsConverter))]
    public string? OrderId { get; init; }

    /// <summary>
    /// <c>freshdesk</c>, <c>tiktok</c>, <c>email</c>, <c>other</c>, or a name that starts with one and <c>-</c>. Stored in lower case.
    /// </summary>
    /// <example>freshdesk</example>
    [Required, StringLength(FieldLimits.Source, MinimumLength = 1)]
    public string? Source { get; init; }

    /// <summary>Ticket id, also as a number; required if source or channel is Freshdesk or TikTok.</summary>
    /// <example>"18362"</example>
    [StringLength(FieldLimits.TicketId), JsonConverter(typeof(DigitsConverter))]
    public string? TicketId { get; init; }
}
