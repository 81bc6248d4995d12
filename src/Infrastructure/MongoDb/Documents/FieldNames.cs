namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Paths in a document beside those of <see cref="IssueField"/>.</summary>
internal static class FieldNames
{
    public const string Id = "_id";
    public const string MessageId = "discussion._id";
    public const string MessageText = "discussion.message";

    /// <summary>History, unknown to Mongoose's schema.</summary>
    public const string History = "_history";
    public const string EntryId = "_history._id";

    public static string PathOf(IssueField field) => field == IssueField.Sku ? "items.sku" : field.Name;
}
