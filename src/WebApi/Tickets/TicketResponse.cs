using System.ComponentModel.DataAnnotations;

namespace OrderIssues.WebApi.Tickets;

/// <summary>A ticket.</summary>
public sealed record TicketResponse
{
    /// <summary>Always true.</summary>
    [Required]
    public bool Ok => true;

    /// <summary>The ticket.</summary>
    public required TicketBody Data { get; init; }
}
