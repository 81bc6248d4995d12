namespace OrderIssues.Floor;

/// <summary>The keys of the bodies that the load sends.</summary>
public sealed record Body
{
    public string? OrderId { get; init; }
    public string? Channel { get; init; }
    public string? Source { get; init; }
    public string? TicketId { get; init; }
    public string? IssueType { get; init; }
    public string? CustomerName { get; init; }
    public string? CustomerEmail { get; init; }
    public string? CustomerReachedAt { get; init; }
    public string? Status { get; init; }
    public string? Username { get; init; }
    public string? Message { get; init; }
}
