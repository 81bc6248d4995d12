namespace OrderIssues.Domain.Issues.Queries;

/// <summary>The fields that issues can be told apart by.</summary>
public enum FilterField
{
    OrderId,
    IssueId,
    TicketId,
    Status,
    Channel,
    Source,
    IssueType,

    /// <summary>Of any of the items.</summary>
    Sku,

    /// <summary>Any of them.</summary>
    TrackingNumber,
    Picker,
    Packer,
    Palletter,
    CustomerEmail,
    CreatedBy,
}
