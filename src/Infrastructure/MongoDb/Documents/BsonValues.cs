using MongoDB.Bson;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Lenient conversion of stored values; null if unusable.</summary>
internal static class BsonValues
{
    public static string? Text(BsonValue? value) => value switch
    {
        BsonString text => text.Value,
        BsonInt32 or BsonInt64 or BsonDouble or BsonDecimal128 or BsonObjectId => value.ToString(),
        _ => null,
    };

    /// <summary>Reads a date, ISO 8601 text or milliseconds.</summary>
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
        BsonString text => double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? FromDouble(number)
            : null,
        _ => null,
    };

    /// <summary>Lists the text and its number, if any.</summary>
    public static IEnumerable<BsonValue> FormsOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == text
            ? [text, number]
            : [text];

    private static long? FromDouble(double number) => Math.Abs(number) < long.MaxValue ? (long)number : null;

    private static DateTimeOffset? FromMilliseconds(long milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
