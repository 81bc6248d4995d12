using System.Text;

namespace OrderIssues.Domain;

/// <summary>Invisible characters that come with text copied from web pages (Unicode category Cf).</summary>
public static class FormatCharacters
{
    public static string Remove(string text) =>
        Ascii.IsValid(text)
            ? text
            : string.Concat(text.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format));
}
