using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OrderIssues.Domain.Issues;
using OrderIssues.WebApi.Json;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>
/// Issue of a ticket: its type, and values that the ticket lacks or has wrong. Texts are trimmed and stored in Unicode Normalization Form
/// C; control characters are refused. Unknown keys are ignored.
/// </summary>
public sealed record CreateIssueFromTicketRequest : NewIssueRequest
{
    /// <summary>The ticket's id in Freshdesk or TikTok. A number stands for its digits.</summary>
    /// <example>"18363"</example>
    [Required, StringLength(FieldLimits.TicketId, MinimumLength = 1), JsonConverter(typeof(DigitsConverter))]
    public string? TicketId { get; init; }

    /// <summary>
    /// System that keeps the ticket: <c>freshdesk</c>, <c>tiktok</c>, or a more specific name that starts with one of them and <c>-</c>,
    /// such as <c>freshdesk-us</c>. Stored in lower case.
    /// </summary>
    /// <example>freshdesk</example>
    [Required, StringLength(FieldLimits.Source, MinimumLength = 1)]
    public string? Source { get; init; }

    /// <summary>The order that something is wrong with; without it, the one that the ticket names.</summary>
    /// <example>112-5550199-1234567</example>
    [StringLength(FieldLimits.OrderId), JsonPropertyName("OrderId")]
    public string? OrderId { get; init; }
}
