using MongoDB.Bson;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>An issue as a document, with the fields and types that Mongoose gives it.</summary>
internal static class IssueDocument
{
    /// <summary>A new issue; what it doesn't have is left out.</summary>
    public static BsonDocument From(OrderIssue issue)
    {
        var document = new BsonDocument
        {
            { Fields.Id, BsonValues.Stored(issue.Id) },
            { Fields.OrderId, issue.OrderId },
            { Fields.IssueId, BsonValues.Stored(issue.IssueId) },
            { IssueFields.TicketId, BsonValues.Stored(issue.TicketId) },
            { Fields.Channel, BsonValues.Stored(issue.Channel) },
            { Fields.Source, BsonValues.Stored(issue.Source) },
            { IssueFields.Items, BsonValues.Stored(issue.Items) },
            { IssueFields.TrackingNumber, BsonValues.Stored(issue.TrackingNumber) },
            { IssueFields.Picker, BsonValues.Stored(issue.Picker) },
            { IssueFields.Packer, BsonValues.Stored(issue.Packer) },
            { IssueFields.Palletter, BsonValues.Stored(issue.Palletter) },
            { IssueFields.CustomerName, BsonValues.Stored(issue.CustomerName) },
            { IssueFields.CustomerEmail, BsonValues.Stored(issue.CustomerEmail) },
            { IssueFields.IssueType, BsonValues.Stored(issue.IssueType) },
            { IssueFields.Status, BsonValues.Stored(issue.Status) },
            { IssueFields.CustomerReachedAt, BsonValues.Stored(issue.CustomerReachedAt) },
            { IssueFields.ShippedAt, BsonValues.Stored(issue.ShippedAt) },
            { IssueFields.Notes, BsonValues.Stored(issue.Notes) },
            { IssueFields.Discussion, new BsonArray(issue.Discussion.Select(From)) },
            { Fields.CreatedBy, BsonValues.Stored(issue.CreatedBy) },
            { IssueFields.IssueResolvedAt, BsonValues.Stored(issue.IssueResolvedAt) },
            { Fields.CreatedAt, BsonValues.Stored(issue.CreatedAt) },
            { IssueFields.UpdatedAt, BsonValues.Stored(issue.UpdatedAt) },
            { IssueFields.Version, issue.Version },
            { Fields.History, new BsonArray { HistoryDocument.From(issue.CreationEntry()) } },
        };
        return document.WithoutNulls();
    }

    public static BsonDocument From(IssueItem item) => new() { { "sku", item.Sku }, { "qty", item.Qty } };

    /// <summary>With the id last, as Mongoose has it.</summary>
    public static BsonDocument From(DiscussionMessage message) => new BsonDocument
    {
        { "userName", message.UserName },
        { "message", message.Message },
        { "created_at", BsonValues.Stored(message.CreatedAt) },
        { Fields.Id, BsonValues.Stored(message.Id) },
    }.WithoutNulls();

    /// <summary>Null when the document isn't an issue's.</summary>
    public static OrderIssue? ToIssue(BsonDocument document)
    {
        if (!document.TryGetValue(Fields.Id, out var id) || !id.IsObjectId
            || ListOf(document, IssueFields.Items) is not { } items
            || ListOf(document, IssueFields.Discussion) is not { } discussion
            || ListOf(document, IssueFields.TrackingNumber) is not { } trackingNumber
            || ListOf(document, Fields.History) is null
            || (document.GetValue(Fields.OrderId, BsonNull.Value) is { IsBsonNull: false } orderId && BsonValues.Text(orderId) is null))
        {
            return null;
        }

        string? Text(string field) => BsonValues.Text(document.GetValue(field, null));
        DateTimeOffset? Time(string field) => BsonValues.Time(document.GetValue(field, null));
        return new OrderIssue
        {
            Id = EntityId.Parse(id.AsObjectId.ToString()),
            IssueId = Text(Fields.IssueId),
            OrderId = Text(Fields.OrderId) ?? "",
            TicketId = Text(IssueFields.TicketId),
            Channel = Text(Fields.Channel),
            Source = Text(Fields.Source),
            Items = [.. items.OfType<BsonDocument>().Select(ToItem)],
            TrackingNumber = [.. trackingNumber.Select(BsonValues.Text).OfType<string>()],
            Picker = Text(IssueFields.Picker),
            Packer = Text(IssueFields.Packer),
            Palletter = Text(IssueFields.Palletter),
            CustomerName = Text(IssueFields.CustomerName),
            CustomerEmail = Text(IssueFields.CustomerEmail),
            IssueType = Text(IssueFields.IssueType),
            Status = Text(IssueFields.Status),
            CustomerReachedAt = Time(IssueFields.CustomerReachedAt),
            ShippedAt = Time(IssueFields.ShippedAt),
            Notes = Text(IssueFields.Notes),
            Discussion = [.. discussion.OfType<BsonDocument>().Select(message => ToMessage(message, id.AsObjectId))],
            CreatedBy = Text(Fields.CreatedBy),
            IssueResolvedAt = Time(IssueFields.IssueResolvedAt),
            CreatedAt = Time(Fields.CreatedAt),
            UpdatedAt = Time(IssueFields.UpdatedAt),
            Version = (int)Math.Clamp(BsonValues.Number(document.GetValue(IssueFields.Version, null)) ?? 0, 0, int.MaxValue),
            StoredBytes = document.ToBson().Length,
        };
    }

    public static IssueItem ToItem(BsonDocument item) => new(
        BsonValues.Text(item.GetValue("sku", null)) ?? "",
        (int)Math.Clamp(BsonValues.Number(item.GetValue("qty", null)) ?? 0, int.MinValue, int.MaxValue));

    /// <summary>Mongoose gives each message an id of its own, which tells the time where the message doesn't.</summary>
    private static DiscussionMessage ToMessage(BsonDocument message, MongoDB.Bson.ObjectId issue) => new(
        BsonValues.Text(message.GetValue("userName", null)) ?? "",
        BsonValues.Text(message.GetValue("message", null)) ?? "",
        BsonValues.Time(message.GetValue("created_at", null))
            ?? (message.GetValue(Fields.Id, null) is BsonObjectId id ? id.Value : issue).CreationTime);

    /// <summary>The elements of a list; one text alone is a list of one; null when it is something else.</summary>
    private static BsonArray? ListOf(BsonDocument document, string field) => document.GetValue(field, null) switch
    {
        null or BsonNull or BsonUndefined => [],
        BsonArray list => list,
        BsonString text when field == IssueFields.TrackingNumber => [text],
        _ => null,
    };
}
