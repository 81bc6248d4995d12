namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>The names of a document's fields, as the Mongoose schema has them; those of a change are in the domain's IssueFields.</summary>
internal static class Fields
{
    public const string Id = "_id";
    public const string IssueId = "issueId";
    public const string OrderId = "OrderId";
    public const string MessageId = "discussion._id";
    public const string Sku = "items.sku";
    public const string Channel = "channel";
    public const string Source = "source";
    public const string CreatedBy = "createdBy";
    public const string CreatedAt = "createdAt";

    /// <summary>This service's own: Mongoose's schema doesn't know it.</summary>
    public const string History = "_history";
}
