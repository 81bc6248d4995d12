using MongoDB.Bson;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Issue with Mongoose's fields and types.</summary>
internal static class IssueDocument
{
    private static readonly IReadOnlyList<IssueField> Fields = [.. IssueField.All.Where(field => !field.Is(FieldTraits.Derived))];

    /// <summary>Document of a new issue.</summary>
    public static BsonDocument From(OrderIssue issue)
    {
        var opening = HistoryDocument.From(issue.CreationEntry()).Merge(HistoryDocument.StateOf(issue)).WithoutNulls();
        return From(issue, [opening], unpublished: 0);
    }

    /// <param name="issue">Issue.</param>
    /// <param name="history">Its history.</param>
    /// <param name="unpublished">Place of the first entry that isn't in the log; null where all are.</param>
    public static BsonDocument From(OrderIssue issue, IEnumerable<BsonDocument> history, int? unpublished = null)
    {
        // Mongoose has the order before the number.
        var document = new BsonDocument { { FieldNames.Id, FieldValues.Write(issue.Id) }, { IssueField.OrderId.Name, issue.OrderId } };
        foreach (var field in Fields)
        {
            document[field.Name] = FieldValues.Write(field.Get(issue));
        }

        document[FieldNames.History] = new BsonArray(history);
        document[FieldNames.Unpublished] = unpublished is { } first ? first : BsonNull.Value;
        document[FieldNames.OwnUpdatedAt] = FieldValues.Write(issue.UpdatedAt);
        return document.WithoutNulls();
    }

    /// <summary>Reads what can be read of an issue, whose id is an ObjectId.</summary>
    public static OrderIssue ToIssue(StoredDocument stored)
    {
        var document = stored.Document;
        var id = document[FieldNames.Id].AsObjectId;
        IEnumerable<BsonValue> Elements(IssueField field) => BsonValues.Elements(document.GetValue(field.Name, null));
        string? Text(IssueField field) => BsonValues.Text(document.GetValue(field.Name, null));
        DateTimeOffset? Time(IssueField field) => BsonValues.Time(document.GetValue(field.Name, null));
        return new OrderIssue
        {
            Id = EntityId.Parse(id.ToString()),
            IssueId = Text(IssueField.IssueId),
            OrderId = Text(IssueField.OrderId) ?? "",
            TicketId = Text(IssueField.TicketId),
            Channel = Text(IssueField.Channel),
            Source = Text(IssueField.Source),
            Items = [.. Elements(IssueField.Items).Select(FieldValues.Item).OfType<IssueItem>()],
            TrackingNumber = [.. Elements(IssueField.TrackingNumber).Select(BsonValues.Text).OfType<string>()],
            Picker = Text(IssueField.Picker),
            Packer = Text(IssueField.Packer),
            Palletter = Text(IssueField.Palletter),
            CustomerName = Text(IssueField.CustomerName),
            CustomerEmail = Text(IssueField.CustomerEmail),
            IssueType = Text(IssueField.IssueType),
            Status = Text(IssueField.Status),
            CustomerReachedAt = Time(IssueField.CustomerReachedAt),
            ShippedAt = Time(IssueField.ShippedAt),
            Notes = Text(IssueField.Notes),
            Discussion =
            [
                .. Elements(IssueField.Discussion).Select(message => FieldValues.Message(message, id)).OfType<DiscussionMessage>(),
            ],
            CreatedBy = Text(IssueField.CreatedBy),
            IssueResolvedAt = Time(IssueField.IssueResolvedAt),
            CreatedAt = Time(IssueField.CreatedAt),
            UpdatedAt = Time(IssueField.UpdatedAt),
            Version = (int)Math.Clamp(BsonValues.Number(document.GetValue(IssueField.Version.Name, null)) ?? 0, 0, int.MaxValue),
            Assignee = Text(IssueField.Assignee),
            Tags = [.. Elements(IssueField.Tags).Select(BsonValues.Text).OfType<string>()],
            Priority = Text(IssueField.Priority),
            DueAt = Time(IssueField.DueAt),
            Fault = Text(IssueField.Fault),
            Cost = FieldValues.Cost(document.GetValue(IssueField.Cost.Name, null)),
            MergedInto = Text(IssueField.MergedInto),
            StoredBytes = stored.Bytes,
        };
    }
}
