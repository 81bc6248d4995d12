using MongoDB.Bson;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Field values in the BSON types of Mongoose.</summary>
internal static class FieldValues
{
    private const string FromIssueId = "fromIssueId";

    /// <summary>Fields of which a message has one at least.</summary>
    public static readonly IReadOnlyList<string> MessageFields = ["userName", "message", "created_at"];

    public static BsonValue Write(object? value) => value switch
    {
        null => BsonNull.Value,
        string text => text,
        int number => number,
        EntityId id => ObjectId.Parse(id.ToString()),
        DateTimeOffset time => new BsonDateTime(time.ToUnixTimeMilliseconds()),
        Cost cost => new BsonDocument { { "amount", new BsonDecimal128(cost.Amount) }, { "currency", cost.Currency } },
        IEnumerable<string> texts => new BsonArray(texts),
        IEnumerable<IssueItem> items => new BsonArray(items.Select(item => new BsonDocument { { "sku", item.Sku }, { "qty", item.Qty } })),
        IEnumerable<DiscussionMessage> messages => new BsonArray(messages.Select(Message)),
        _ => throw new ArgumentException($"A {value.GetType().Name} can't be stored.", nameof(value)),
    };

    /// <summary>Reads a value of a history entry.</summary>
    public static object? Read(BsonValue? value) => value switch
    {
        BsonDateTime => BsonValues.Time(value),
        BsonDocument => Cost(value),
        BsonArray list when list.Any(element => element.IsBsonDocument) => list.Select(Item).OfType<IssueItem>().ToArray(),
        BsonArray list => list.Select(BsonValues.Text).OfType<string>().ToArray(),
        _ => BsonValues.Text(value),
    };

    /// <summary>Reads an item, or its SKU alone; null for others.</summary>
    public static IssueItem? Item(BsonValue value) => value switch
    {
        BsonDocument item when item.Contains("sku") || item.Contains("qty") => new(
            BsonValues.Text(item.GetValue("sku", null)) ?? "",
            (int)Math.Clamp(BsonValues.Number(item.GetValue("qty", null)) ?? 0, int.MinValue, int.MaxValue)),
        _ => BsonValues.Text(value) is { Length: > 0 } sku ? new(sku, 0) : null,
    };

    /// <summary>Reads a cost; null for what isn't one.</summary>
    public static Cost? Cost(BsonValue? value) =>
        value is BsonDocument cost
        && BsonValues.Text(cost.GetValue("currency", null)) is { Length: > 0 } currency
        && decimal.TryParse(
            BsonValues.Text(cost.GetValue("amount", null)), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            ? new Cost(amount, currency)
            : null;

    /// <summary>Reads a message, or its text alone; null for others.</summary>
    // Mongoose gives each message an id, which tells the time where the message doesn't.
    public static DiscussionMessage? Message(BsonValue value, ObjectId issue) => value switch
    {
        BsonDocument message when MessageFields.Any(message.Contains) => new(
            BsonValues.Text(message.GetValue("userName", null)) ?? "",
            BsonValues.Text(message.GetValue("message", null)) ?? "",
            BsonValues.Time(message.GetValue("created_at", null)) ?? (IdOf(message)?.Value ?? issue).CreationTime)
        {
            Id = IdOf(message) is { } id ? EntityId.Parse(id.ToString()!) : null,
            FromIssueId = BsonValues.Text(message.GetValue(FromIssueId, null)),
        },
        _ => BsonValues.Text(value) is { Length: > 0 } text ? new("", text, issue.CreationTime) : null,
    };

    /// <summary>Writes a message, its id after its fields as in Mongoose.</summary>
    public static BsonDocument Message(DiscussionMessage message) => new BsonDocument
    {
        { "userName", message.UserName },
        { "message", message.Message },
        { "created_at", Write(message.CreatedAt) },
        { FieldNames.Id, Write(message.Id) },
        { FromIssueId, Write(message.FromIssueId) },
    }.WithoutNulls();

    private static BsonObjectId? IdOf(BsonDocument message) => message.GetValue(FieldNames.Id, null) as BsonObjectId;

    public static BsonDocument WithoutNulls(this BsonDocument document)
    {
        foreach (var name in document.Where(element => element.Value.IsBsonNull).Select(element => element.Name).ToList())
        {
            document.Remove(name);
        }

        return document;
    }
}
