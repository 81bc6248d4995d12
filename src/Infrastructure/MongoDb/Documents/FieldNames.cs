namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Paths in a document that aren't fields of an issue, beside those of <see cref="IssueField"/>.</summary>
internal static class FieldNames
{
    public const string Id = "_id";
    public const string MessageId = "discussion._id";
    public const string MessageText = "discussion.message";

    /// <summary>History of the issue. Mongoose's schema doesn't know it.</summary>
    public const string History = "_history";

    /// <summary>Finds the path of a field in a document.</summary>
    public static string PathOf(IssueField field) => field == IssueField.Sku ? "items.sku" : field.Name;
}
