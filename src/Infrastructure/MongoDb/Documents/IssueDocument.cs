using MongoDB.Bson;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Issue with Mongoose's fields and types.</summary>
internal static class IssueDocument
{
    private static readonly IReadOnlyList<IssueField> Fields = [.. IssueField.All.Where(field => !field.Is(FieldTraits.Derived))];

    public static BsonDocument From(OrderIssue issue)
    {
        // Mongoose has the order before the number.
        var document = new BsonDocument { { FieldNames.Id, FieldValues.Write(issue.Id) }, { IssueField.OrderId.Name, issue.OrderId } };
        foreach (var field in Fields)
        {
            document[field.Name] = FieldValues.Write(field.Get(issue));
        }

        document[FieldNames.History] = new BsonArray { HistoryDocument.From(issue.CreationEntry()) };
        return document.WithoutNulls();
    }

    /// <summary>Reads an issue; null for other documents.</summary>
    public static OrderIssue? ToIssue(BsonDocument document)
    {
        if (!document.TryGetValue(FieldNames.Id, out var id) || !id.IsObjectId
            || ListIn(document, IssueField.Items.Name) is not { } items
            || ListIn(document, IssueField.Discussion.Name) is not { } discussion
            || ListIn(document, IssueField.TrackingNumber.Name) is not { } trackingNumber
            || ListIn(document, FieldNames.History) is null
            || (document.GetValue(IssueField.OrderId.Name, BsonNull.Value) is { IsBsonNull: false } orderId
                && BsonValues.Text(orderId) is null))
        {
            return null;
        }

        string? Text(IssueField field) => BsonValues.Text(document.GetValue(field.Name, null));
        DateTimeOffset? Time(IssueField field) => BsonValues.Time(document.GetValue(field.Name, null));
        return new OrderIssue
        {
            Id = EntityId.Parse(id.AsObjectId.ToString()),
            IssueId = Text(IssueField.IssueId),
            OrderId = Text(IssueField.OrderId) ?? "",
            TicketId = Text(IssueField.TicketId),
            Channel = Text(IssueField.Channel),
            Source = Text(IssueField.Source),
            Items = [.. items.OfType<BsonDocument>().Select(FieldValues.Item)],
            TrackingNumber = [.. trackingNumber.Select(BsonValues.Text).OfType<string>()],
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
            Discussion = [.. discussion.OfType<BsonDocument>().Select(message => ToMessage(message, id.AsObjectId))],
            CreatedBy = Text(IssueField.CreatedBy),
            IssueResolvedAt = Time(IssueField.IssueResolvedAt),
            CreatedAt = Time(IssueField.CreatedAt),
            UpdatedAt = Time(IssueField.UpdatedAt),
            Version = (int)Math.Clamp(BsonValues.Number(document.GetValue(IssueField.Version.Name, null)) ?? 0, 0, int.MaxValue),
            StoredBytes = document.ToBson().Length,
        };
    }

    // Mongoose gives each message an id, which tells the time where the message doesn't.
    private static DiscussionMessage ToMessage(BsonDocument message, ObjectId issue) => new(
        BsonValues.Text(message.GetValue("userName", null)) ?? "",
        BsonValues.Text(message.GetValue("message", null)) ?? "",
        BsonValues.Time(message.GetValue("created_at", null))
            ?? (message.GetValue(FieldNames.Id, null) is BsonObjectId id ? id.Value : issue).CreationTime);

    /// <summary>Reads a list; null for other values.</summary>
    private static BsonArray? ListIn(BsonDocument document, string name) => document.GetValue(name, null) switch
    {
        null or BsonNull or BsonUndefined => [],
        BsonArray list => list,
        BsonString text when name == IssueField.TrackingNumber.Name => [text],
        _ => null,
    };
}
