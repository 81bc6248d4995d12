using AutoMapper;
using NJsonSchema.Annotations;
using OrderIssues.Domain.Tickets;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Tickets;

/// <summary>Customer's ticket. Unknown values are left out; times are in UTC with milliseconds.</summary>
[JsonSchema("Ticket")]
public sealed record TicketModel
{
    /// <summary>The ticket's id.</summary>
    /// <example>"18362"</example>
    public required string TicketId { get; init; }

    /// <summary>Subject; in TikTok Shop the kind, order and customer's words.</summary>
    /// <example>Inquiry from Amazon customer Josh (Order: 111-0944945-3989852)</example>
    public string? Subject { get; init; }

    /// <summary>The product, as Freshdesk numbers it.</summary>
    /// <example>154000093699</example>
    [JsonPropertyName("product_id")]
    public long? ProductId { get; init; }

    /// <summary>The ticket's id as a number; Freshdesk's only.</summary>
    /// <example>18362</example>
    public long? Id { get; init; }

    /// <summary>The ticket's status as a number; Freshdesk's only.</summary>
    /// <example>2</example>
    public int? Status { get; init; }

    /// <summary>
    /// Status in words: Freshdesk's 2 to 5 as <c>opening</c>, <c>pending</c>, <c>resolved</c>, <c>closed</c>, custom ones by label; TikTok
    /// Shop's own in small letters.
    /// </summary>
    /// <example>opening</example>
    public string? StatusText { get; init; }

    /// <summary>Time of the ticket's opening.</summary>
    /// <example>2025-11-19T22:36:28.000Z</example>
    [JsonPropertyName("created_at")]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Time of the ticket's last change.</summary>
    /// <example>2025-11-20T07:12:05.000Z</example>
    [JsonPropertyName("updated_at")]
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The ticket's type.</summary>
    /// <example>Question</example>
    public string? Type { get; init; }

    /// <summary>Priority; in Freshdesk from 1, low, to 4, urgent.</summary>
    /// <example>1</example>
    public int? Priority { get; init; }

    /// <summary>The ticket's tags.</summary>
    /// <example>["amazon"]</example>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The customer's name.</summary>
    /// <example>Josh</example>
    public string? RequesterName { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    /// <example>josh@example.com</example>
    public string? RequesterEmail { get; init; }

    /// <summary>The order that the ticket is about.</summary>
    /// <example>111-0944945-3989852</example>
    [JsonPropertyName("OrderId")]
    public string? OrderId { get; init; }

    /// <summary>True for spam; absent otherwise.</summary>
    public bool? Spam { get; init; }

    /// <summary>True for a ticket of Freshdesk's archive, which doesn't tell the requester; absent otherwise.</summary>
    public bool? Archived { get; init; }
}

/// <summary>A ticket.</summary>
public sealed record TicketResponse : Response<TicketModel>;

internal sealed class TicketProfile : Profile
{
    public TicketProfile()
    {
        // Unknown tags are left out.
        AllowNullCollections = true;
        CreateMap<Ticket, TicketModel>();
    }
}
