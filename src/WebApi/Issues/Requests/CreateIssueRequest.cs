using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OrderIssues.Domain.Issues;
using OrderIssues.WebApi.Json;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>
/// New issue. Texts are trimmed and stored in Unicode Normalization Form C; control characters are refused. Unknown keys are ignored.
/// </summary>
public sealed record CreateIssueRequest : NewIssueRequest
{
    /// <summary>The order that something is wrong with.</summary>
    /// <example>111-0944945-3989852</example>
    [Required, StringLength(FieldLimits.OrderId, MinimumLength = 1), JsonPropertyName("OrderId")]
    public string? OrderId { get; init; }

    /// <summary>
    /// Source of the complaint: <c>freshdesk</c>, <c>tiktok</c>, <c>email</c>, <c>other</c>, or a more specific name that starts with one
    /// of them and <c>-</c>, such as <c>freshdesk-us</c>. Stored in lower case.
    /// </summary>
    /// <example>freshdesk</example>
    [Required, StringLength(FieldLimits.Source, MinimumLength = 1)]
    public string? Source { get; init; }

    /// <summary>
    /// The ticket's id in Freshdesk or TikTok; required when source or channel is one of these. A number stands for its digits.
    /// </summary>
    /// <example>"18362"</example>
    [StringLength(FieldLimits.TicketId), JsonConverter(typeof(DigitsConverter))]
    public string? TicketId { get; init; }
}
