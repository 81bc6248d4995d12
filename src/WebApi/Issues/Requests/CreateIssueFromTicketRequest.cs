using OrderIssues.WebApi.Json;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>
/// Issue of a ticket: its type, and values that the ticket lacks or has wrong. Texts are trimmed and stored in Unicode NFC; control
/// characters are refused, unknown keys ignored.
/// </summary>
public sealed record CreateIssueFromTicketRequest : NewIssueRequest
{
    /// <summary>Ticket id, also as a number.</summary>
    /// <example>"18363"</example>
    [Required, StringLength(FieldLimits.TicketId, MinimumLength = 1), JsonConverter(typeof(DigitsConverter))]
    public string? TicketId { get; init; }

    /// <summary><c>freshdesk</c>, <c>tiktok</c>, or a name that starts with one and <c>-</c>. Stored in lower case.</summary>
    /// <example>freshdesk</example>
    [Required, StringLength(FieldLimits.Source, MinimumLength = 1)]
    public string? Source { get; init; }

    /// <summary>Order, also as a number. Default: the ticket's.</summary>
    /// <example>112-5550199-1234567</example>
    [StringLength(FieldLimits.OrderId), JsonPropertyName("OrderId"), JsonConverter(typeof(DigitsConverter))]
    public string? OrderId { get; init; }
}
