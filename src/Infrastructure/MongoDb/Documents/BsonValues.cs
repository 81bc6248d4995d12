using System.Numerics;
using System.Text.RegularExpressions;
using MongoDB.Bson;
using OrderIssues.Domain;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Lenient conversion of stored values; null if unusable.</summary>
internal static partial class BsonValues
{
    private static readonly long MinMilliseconds = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long MaxMilliseconds = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>Reads a text, or a number as its digits.</summary>
    public static string? Text(BsonValue? value) => value switch
    {
        BsonString text => text.Value,
        BsonInt32 or BsonInt64 or BsonObjectId => value.ToString(),
        BsonDouble { Value: var number } => double.IsFinite(number) ? Digits(number.ToString(CultureInfo.InvariantCulture)) : null,
        BsonDecimal128 { Value: var number } when !Decimal128.IsNaN(number) && !Decimal128.IsInfinity(number) => Digits(number.ToString()),
        _ => null,
    };

    /// <summary>Reads a date, ISO 8601 text, or milliseconds or seconds since 1970.</summary>
    public static DateTimeOffset? Time(BsonValue? value) => value switch
    {
        BsonDateTime time => FromMilliseconds(time.MillisecondsSinceEpoch),
        BsonString { Value: { Length: >= 10 } text } when text[4] == '-' => DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null,
        _ => Number(value) is { } number ? FromNumber(number) : null,
    };

    public static long? Number(BsonValue? value) =>
        value is BsonInt64 number ? number.Value
        : Real(value) is { } real && Math.Abs(real) < long.MaxValue ? (long)real
        : null;

    /// <summary>Reads an int, without rounding.</summary>
    public static int? Integer(BsonValue? value) =>
        Real(value) is >= int.MinValue and <= int.MaxValue and var real && real % 1 == 0 ? (int)real : null;

    /// <summary>Reads an issue's number as its digits, without the zeros, blanks and format characters around it.</summary>
    public static string? IssueNumber(BsonValue? value) =>
        Text(value) is not { } text ? null
        : PlainDigits.IsMatch(text) ? text
        : PaddedDigits.Match(FormatCharacters.Remove(text).Trim()) is { Success: true } match ? match.Groups[1].Value
        : null;

    /// <summary>Lists the elements of a list, or of what stands in its place.</summary>
    public static IEnumerable<BsonValue> Elements(BsonValue? value) => value switch
    {
        BsonArray list => list,
        _ => IsNone(value) ? [] : [value!],
    };

    /// <summary>True for what other programs store where there is no value.</summary>
    public static bool IsNone(BsonValue? value) => value is null or BsonNull or BsonUndefined or BsonString { Value: "" };

    /// <summary>Lists the text and its number, if any.</summary>
    public static IEnumerable<BsonValue> FormsOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == text
            ? [text, number]
            : [text];

    [GeneratedRegex(@"\A(0|[1-9][0-9]*)\z")]
    private static partial Regex PlainDigits { get; }

    [GeneratedRegex(@"\A0*([0-9]{1,15})(\.0*)?\z")]
    private static partial Regex PaddedDigits { get; }

    private static double? Real(BsonValue? value) => value switch
    {
        BsonInt32 number => number.Value,
        BsonInt64 number => number.Value,
        BsonDouble number => number.Value,
        BsonDecimal128 number => (double)number.Value,
        BsonString text => double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };

    /// <summary>Writes a whole number without exponent or fraction.</summary>
    private static string Digits(string number) =>
        BigInteger.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var whole)
            ? whole.ToString(CultureInfo.InvariantCulture)
            : number;

    // No issue is from 1970: what would be milliseconds of that year are seconds of this century.
    private static DateTimeOffset? FromNumber(long number) => number switch
    {
        _ when number >= MinMilliseconds && number < MaxMilliseconds => FromMilliseconds(number),
        _ when number >= MinMilliseconds / 1000 && number < MaxMilliseconds / 1000 => FromMilliseconds(number * 1000),
        _ => null,
    };

    private static DateTimeOffset? FromMilliseconds(long milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
