using System.Text;

namespace OrderIssues.Application.Common.Input;

/// <summary>Cleans text that comes in: trimmed and in Unicode Normalization Form C, so that equal texts are stored alike.</summary>
internal static class PlainText
{
    /// <summary>
    /// Limit of UAX #15's Stream-Safe Text Format, far above any language. Normalizing n marks in a row takes time in the order of n².
    /// </summary>
    public const int MaxMarksInARow = 30;

    private const char Noncharacter = '\uFFFE';

    /// <summary>Cleans a text for the store. Malformed text stays as it is, for a validator to refuse.</summary>
    public static string? Clean(string? text) =>
        text is null || !IsWellFormed(text) ? text
        : Ascii.IsValid(text) ? text.Trim()
        : text.Trim().Normalize(NormalizationForm.FormC);

    /// <summary>Cleans a text; a blank one becomes null.</summary>
    public static string? CleanOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : Clean(text);

    /// <summary>Cleans a text and turns it to lower case.</summary>
    public static string? CleanAndFold(string? text) => Clean(text?.ToLowerInvariant());

    /// <summary>True for text without control characters.</summary>
    public static bool IsLine(string text) => !text.Any(char.IsControl);

    /// <summary>True for text without control characters other than tabs and line ends.</summary>
    public static bool IsText(string text) => !text.Any(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n'));

    /// <summary>Counts characters (Unicode code points, as in JSON Schema).</summary>
    public static int Length(string text) => text.Length - text.Count(char.IsLowSurrogate);

    /// <summary>Cuts a clean text to its first characters; it stays clean.</summary>
    public static string Cut(string text, int max)
    {
        var end = 0;
        for (var count = 0; count < max && end < text.Length; count++)
        {
            end += char.IsSurrogatePair(text, end) ? 2 : 1;
        }

        return text[..end].TrimEnd();
    }

    /// <summary>
    /// True for text that <see cref="string.Normalize()"/> takes in linear time: it throws on unpaired surrogates and on one noncharacter.
    /// </summary>
    public static bool IsWellFormed(string text)
    {
        var marks = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAscii(text[i]))
            {
                marks = 0;
                continue;
            }

            var isPair = char.IsSurrogatePair(text, i);
            marks = IsMark(CharUnicodeInfo.GetUnicodeCategory(text, i)) ? marks + 1 : 0;
            if (text[i] == Noncharacter || (char.IsSurrogate(text[i]) && !isPair) || marks > MaxMarksInARow)
            {
                return false;
            }

            i += isPair ? 1 : 0;
        }

        return true;
    }

    private static bool IsMark(UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
