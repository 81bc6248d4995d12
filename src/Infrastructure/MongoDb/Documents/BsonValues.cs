using MongoDB.Bson;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Values that other programs stored, read as what they mean. What means nothing is nothing.</summary>
internal static class BsonValues
{
    public static string? Text(BsonValue? value) => value switch
    {
        BsonString text => text.Value,
        BsonInt32 or BsonInt64 or BsonDouble or BsonDecimal128 or BsonObjectId => value.ToString(),
        _ => null,
    };

    /// <summary>A BSON date; a text in ISO 8601; milliseconds since 1970.</summary>
    public static DateTimeOffset? Time(BsonValue? value) => value switch
    {
        BsonDateTime time => FromMilliseconds(time.MillisecondsSinceEpoch),
        BsonString { Value: { Length: >= 10 } text } when text[4] == '-' => DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null,
        BsonInt32 or BsonInt64 or BsonDouble => FromMilliseconds(Number(value) ?? long.MaxValue),
        _ => null,
    };

    public static long? Number(BsonValue? value) => value switch
    {
        BsonInt32 number => number.Value,
        BsonInt64 number => number.Value,
        BsonDouble number => FromDouble(number.Value),
        BsonDecimal128 number => FromDouble((double)number.Value),
        BsonString text => double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? FromDouble(number) : null,
        _ => null,
    };

    /// <summary>The value as this service stores it: a text, a time, a number, an id, a list of texts or items, or nothing.</summary>
    public static BsonValue Stored(object? value) => value switch
    {
        null => BsonNull.Value,
        string text => text,
        int number => number,
        EntityId id => MongoDB.Bson.ObjectId.Parse(id.ToString()),
        DateTimeOffset time => new BsonDateTime(time.ToUnixTimeMilliseconds()),
        IEnumerable<string> texts => new BsonArray(texts),
        IEnumerable<IssueItem> items => new BsonArray(items.Select(IssueDocument.From)),
        _ => throw new ArgumentException($"A {value.GetType().Name} can't be stored.", nameof(value)),
    };

    /// <summary>A value that this service stored, as it was.</summary>
    public static object? Restored(BsonValue? value) => value switch
    {
        BsonDateTime => Time(value),
        BsonArray list when list.Any(element => element.IsBsonDocument) => list.OfType<BsonDocument>().Select(IssueDocument.ToItem).ToArray(),
        BsonArray list => list.Select(Text).OfType<string>().ToArray(),
        _ => Text(value),
    };

    /// <summary>What isn't there is left out rather than stored as null.</summary>
    public static BsonDocument WithoutNulls(this BsonDocument document)
    {
        foreach (var name in document.Where(element => element.Value.IsBsonNull).Select(element => element.Name).ToList())
        {
            document.Remove(name);
        }

        return document;
    }

    /// <summary>What finds a text also where another program stored it as a number.</summary>
    public static BsonValue Matching(string text) =>
        FormsOf(text).ToList() is [_, _] forms ? new BsonDocument("$in", new BsonArray(forms)) : text;

    /// <summary>The text, and the number where it is how one is written.</summary>
    public static IEnumerable<BsonValue> FormsOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text
            ? [text, number]
            : [text];

    private static long? FromDouble(double number) => Math.Abs(number) < long.MaxValue ? (long)number : null;

    private static DateTimeOffset? FromMilliseconds(long milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
