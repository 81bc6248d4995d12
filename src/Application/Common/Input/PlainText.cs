using System.Text;

namespace OrderIssues.Application.Common.Input;

/// <summary>How text comes in: without blanks at its ends and in Unicode Normalization Form C, so that equal texts are stored alike.</summary>
internal static class PlainText
{
    private const char Noncharacter = '\uFFFE';

    /// <summary>The text as it is to be stored. One that can't be normalized stays as it is: <see cref="IsLine"/> refuses it.</summary>
    public static string? Clean(string? text) =>
        text is null ? null : IsUnicode(text) ? text.Trim().Normalize(NormalizationForm.FormC) : text;

    /// <summary>Likewise, and a blank text counts as none.</summary>
    public static string? CleanOrNone(string? text) => string.IsNullOrWhiteSpace(text) ? null : Clean(text);

    /// <summary>Likewise, in lower case.</summary>
    public static string? CleanAndFold(string? text) => Clean(text)?.ToLowerInvariant();

    /// <summary>Whether the text is valid Unicode without control characters.</summary>
    public static bool IsLine(string text) => IsUnicode(text) && !text.Any(char.IsControl);

    /// <summary>Likewise, but for tabs and line ends.</summary>
    public static bool IsText(string text) => IsUnicode(text) && !text.Any(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n'));

    /// <summary>How many characters (Unicode code points, as in JSON Schema) the text has.</summary>
    public static int Length(string text) => text.Length - text.Count(char.IsLowSurrogate);

    /// <summary>Whether <see cref="string.Normalize()"/> takes it: it throws on unpaired surrogates and on this noncharacter.</summary>
    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]) || text[i] == Noncharacter)
            {
                return false;
            }
        }

        return true;
    }
}
