using System.Globalization;
using System.Text.RegularExpressions;

namespace OrderIssues.Application.Common.Input;

/// <summary>Points in time as callers write them: ISO 8601, extended or basic format.</summary>
internal static partial class IsoDateTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFK",
        "yyyyMMdd", "yyyyMMdd'T'HHmmK", "yyyyMMdd'T'HHmmssK", "yyyyMMdd'T'HHmmss.FFFK",
    ];

    /// <summary>
    /// Reads a date-time, in UTC where it names no zone, or a date, which is its midnight in UTC; cut to the millisecond. Null when it is
    /// neither.
    /// </summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var inMilliseconds = Fraction().Replace(text, ".$1", 1);
        return DateTimeOffset.TryParseExact(
            inMilliseconds, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }

    [GeneratedRegex(@"[.,]([0-9]{1,3})[0-9]{0,20}(?=\z|[Z+-])", RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();
}
