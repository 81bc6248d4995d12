namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>The names of a document's fields, as the Mongoose schema has them; those of a change are in the domain's IssueFields.</summary>
internal static class Fields
{
    public const string Id = "_id";
    public const string IssueId = "issueId";
    public const string OrderId = "OrderId";
    public const string TicketId = "ticketId";
    public const string Status = "status";
    public const string Channel = "channel";
    public const string Source = "source";
    public const string Picker = "picker";
    public const string Packer = "packer";
    public const string Palletter = "palletter";
    public const string CustomerEmail = "customerEmail";
    public const string IssueType = "issueType";
    public const string CreatedBy = "createdBy";
    public const string Items = "items";
    public const string TrackingNumber = "trackingNumber";
    public const string Discussion = "discussion";
    public const string CreatedAt = "createdAt";
    public const string UpdatedAt = "updatedAt";
    public const string Version = "__v";

    /// <summary>This service's own: Mongoose's schema doesn't know it.</summary>
    public const string History = "_history";
}
