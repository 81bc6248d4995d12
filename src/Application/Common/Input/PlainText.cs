using System.Text;
using OrderIssues.Domain;

namespace OrderIssues.Application.Common.Input;

/// <summary>Trims and normalizes text (Unicode Form C).</summary>
public static class PlainText
{
    /// <summary>Stream-safe limit (UAX #15); normalizing marks is quadratic.</summary>
    public const int MaxMarksInARow = 30;
    private const char Noncharacter = '\uFFFE';

    /// <summary>Cleans a text; malformed ones stay for validators.</summary>
    public static string? Clean(string? text) =>
        text is null || !IsWellFormed(text) ? text
        : Ascii.IsValid(text) ? text.Trim()
        : text.Trim().Normalize(NormalizationForm.FormC);

    /// <summary>Cleans an identifier, in which nobody sees format characters.</summary>
    public static string? CleanIdentifier(string? text) =>
        Clean(text is null || !IsWellFormed(text) ? text : FormatCharacters.Remove(text));

    public static string? CleanIdentifierOrNull(string? text) => CleanIdentifier(text) is { Length: > 0 } clean ? clean : null;

    /// <summary>Cleans a stored identifier if it has format characters; null if nothing, or no proper text, is left.</summary>
    public static string? RepairIdentifier(string text)
    {
        var visible = FormatCharacters.Remove(text);
        return visible.Length == text.Length ? text : IsWellFormed(text) && Clean(visible) is { Length: > 0 } clean ? clean : null;
    }

    public static string? CleanOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : Clean(text);

    public static string? CleanAndFold(string? text) => Clean(text?.ToLowerInvariant());

    public static string? CleanAndFoldOrNull(string? text) => CleanOrNull(text?.ToLowerInvariant());

    /// <summary>Cleans and folds each text of a list, of which equal ones count once.</summary>
    public static IReadOnlyList<string?>? CleanAndFoldAll(IReadOnlyList<string?>? texts) =>
        texts?.Select(CleanAndFold).Distinct().ToList();

    public static bool IsLine(string text) => !text.Any(char.IsControl);

    public static bool IsText(string text) => !text.Any(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n'));

    /// <summary>Counts Unicode code points, as JSON Schema does.</summary>
    public static int Length(string text) => text.Length - text.Count(char.IsLowSurrogate);

    /// <summary>Cuts a clean text, which stays clean.</summary>
    public static string Cut(string text, int max)
    {
        var end = 0;
        for (var count = 0; count < max && end < text.Length; count++)
        {
            end += char.IsSurrogatePair(text, end) ? 2 : 1;
        }

        return text[..end].TrimEnd();
    }

    /// <summary>True for text that normalizes in linear time.</summary>
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
            // Normalize throws on unpaired surrogates and on this noncharacter.
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
