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

    /// <summary>Place of the first history entry that isn't in the log of events yet.</summary>
    public const string Unpublished = "_unpublished";

    /// <summary>Time of update that this service set: another program sets <c>updatedAt</c> alone.</summary>
    public const string OwnUpdatedAt = "_updatedAt";

    /// <summary>Field that no document has: a collection whose validator asks for it takes no writes.</summary>
    public const string Fence = "orderIssueFence";

    public static string PathOf(IssueField field) =>
        field == IssueField.Sku ? "items.sku"
        : field == IssueField.Tag ? IssueField.Tags.Name
        : field.Name;
}
