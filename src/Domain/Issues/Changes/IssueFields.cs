namespace OrderIssues.Domain.Issues.Changes;

/// <summary>The names of the fields that a change can touch or depend on, as they stand in stored issues, in the history and on the wire.</summary>
public static class IssueFields
{
    public const string TicketId = "ticketId";
    public const string Items = "items";
    public const string TrackingNumber = "trackingNumber";
    public const string Picker = "picker";
    public const string Packer = "packer";
    public const string Palletter = "palletter";
    public const string CustomerName = "customerName";
    public const string CustomerEmail = "customerEmail";
    public const string IssueType = "issueType";
    public const string CustomerReachedAt = "customerReachedAt";
    public const string ShippedAt = "shipped_at";
    public const string Notes = "notes";
    public const string Status = "status";
    public const string IssueResolvedAt = "issueResolvedAt";
    public const string Discussion = "discussion";
    public const string UpdatedAt = "updatedAt";
    public const string Version = "__v";

    /// <summary>The value of a field that a change can depend on.</summary>
    public static object? ValueOf(OrderIssue issue, string field) => field switch
    {
        TicketId => issue.TicketId,
        Items => issue.Items,
        TrackingNumber => issue.TrackingNumber,
        Picker => issue.Picker,
        Packer => issue.Packer,
        Palletter => issue.Palletter,
        CustomerName => issue.CustomerName,
        CustomerEmail => issue.CustomerEmail,
        IssueType => issue.IssueType,
        CustomerReachedAt => issue.CustomerReachedAt,
        ShippedAt => issue.ShippedAt,
        Notes => issue.Notes,
        Status => issue.Status,
        IssueResolvedAt => issue.IssueResolvedAt,
        UpdatedAt => issue.UpdatedAt,
        Version => issue.Version,
        _ => throw new ArgumentException($"No change is decided from {field}.", nameof(field)),
    };
}
