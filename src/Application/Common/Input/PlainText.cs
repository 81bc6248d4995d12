using System.Globalization;
using System.Text;

namespace OrderIssues.Application.Common.Input;

/// <summary>How text comes in: without blanks at its ends and in Unicode Normalization Form C, so that equal texts are stored alike.</summary>
internal static class PlainText
{
    /// <summary>
    /// As in UAX #15's Stream-Safe Text Format, which no language comes near. To normalize n marks in a row takes time in the order of n².
    /// </summary>
    public const int MaxMarksInARow = 30;

    private const char Noncharacter = '\uFFFE';

    /// <summary>The text as it is to be stored. One that isn't <see cref="IsWellFormed"/> stays as it is, to be refused.</summary>
    public static string? Clean(string? text) =>
        text is null || !IsWellFormed(text) ? text
        : Ascii.IsValid(text) ? text.Trim()
        : text.Trim().Normalize(NormalizationForm.FormC);

    /// <summary>Likewise, and a blank text counts as none.</summary>
    public static string? CleanOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : Clean(text);

    /// <summary>Likewise, in lower case.</summary>
    public static string? CleanAndFold(string? text) => Clean(text?.ToLowerInvariant());

    /// <summary>Whether the text has no control characters.</summary>
    public static bool IsLine(string text) => !text.Any(char.IsControl);

    /// <summary>Whether the text has no control characters but tabs and line ends.</summary>
    public static bool IsText(string text) => !text.Any(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n'));

    /// <summary>How many characters (Unicode code points, as in JSON Schema) the text has.</summary>
    public static int Length(string text) => text.Length - text.Count(char.IsLowSurrogate);

    /// <summary>At most the first so many characters of a clean text, which is then as clean.</summary>
    public static string Cut(string text, int most)
    {
        var end = 0;
        for (var count = 0; count < most && end < text.Length; count++)
        {
            end += char.IsSurrogatePair(text, end) ? 2 : 1;
        }

        return text[..end].TrimEnd();
    }

    /// <summary>
    /// Whether <see cref="string.Normalize()"/> takes the text, which throws on unpaired surrogates and on one noncharacter, and takes no
    /// longer than its length warrants.
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
