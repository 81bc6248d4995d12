using System.Text.RegularExpressions;

namespace OrderIssues.Application.Common.Input;

/// <summary>Reads ISO 8601, in basic or extended format, and writes it in one.</summary>
public static partial class IsoDateTime
{
    /// <summary>Format in which times are told, in UTC: <c>2025-11-20T10:00:00.000Z</c>.</summary>
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int MaxOffsetMinutes = 14 * 60;

    // What nearly all callers send is read without an expression.
    private static readonly string[] CommonForms = ["yyyy-MM-dd'T'HH:mm:ss'Z'", Format];

    /// <summary>Parses to the millisecond, UTC by default; else null.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (DateTimeOffset.TryParseExact(text, CommonForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var common))
        {
            return common;
        }

        if (text is null || Form().Match(text) is not { Success: true } match || MixesFormats(match))
        {
            return null;
        }

        string Part(string name, string otherwise) => match.Groups[name] is { Success: true, Value: var value } ? value : otherwise;
        var fraction = Part("fraction", "").PadRight(3, '0')[..3];
        var offset = $"{Part("offset", "+00")}:{Part("offsetMinute", "00")}";
        return DateTimeOffset.TryParseExact(
            $"{Part("year", "")}{Part("month", "")}{Part("day", "")} "
            + $"{Part("hour", "00")}{Part("minute", "00")}{Part("second", "00")}{fraction} {offset}",
            "yyyyMMdd HHmmssfff zzz", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time)
            ? time : null;
    }

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Tells what is wrong with a text that isn't a time; null where there is no more to tell.</summary>
    public static string? FaultOf(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
        {
            return BlankBeforeOffset().IsMatch(text) ? "it has a blank where the offset's + belongs, which a URL writes as %2B"
                : BlankBeforeTime().IsMatch(text) ? "it has a blank where a T belongs"
                : null;
        }

        int Part(string name) =>
            match.Groups[name] is { Success: true, ValueSpan: var value }
                ? int.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        return MixesFormats(match) ? "it mixes the basic and the extended format"
            : Part("second") == 60 ? "leap seconds aren't taken"
            : (Math.Abs(Part("offset")) * 60) + Part("offsetMinute") > MaxOffsetMinutes ? "its offset is beyond 14:00"
            : Parse(text) is null ? "there is no such date or time"
            : null;
    }

    private static bool MixesFormats(Match match) =>
        match.Groups["colon"] is { Success: true, Length: var colons } && colons != match.Groups["dash"].Length;

    [GeneratedRegex(
        @"\A(?<year>[0-9]{4})(?<dash>-?)(?<month>[0-9]{2})\k<dash>(?<day>[0-9]{2})"
        + @"([Tt](?<hour>[0-9]{2})(?<colon>:?)(?<minute>[0-9]{2})(\k<colon>(?<second>[0-9]{2})([.,](?<fraction>[0-9]{1,20}))?)?"
        + @"([Zz]|(?<offset>[+-][0-9]{2})(:?(?<offsetMinute>[0-9]{2}))?)?)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"T[0-9:.,]+ [0-9]{2}(:?[0-9]{2})?\z")]
    private static partial Regex BlankBeforeOffset();

    [GeneratedRegex(@"\A[0-9-]{8,10} [0-9]{2}")]
    private static partial Regex BlankBeforeTime();
}
