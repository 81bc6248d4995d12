using System.Text;

namespace OrderIssues.Domain;

/// <summary>Invisible characters that come with text copied from web pages (Unicode category Cf).</summary>
public static class FormatCharacters
{
    /// <summary>All of them in the Basic Multilingual Plane.</summary>
    public static readonly string Basic = string.Concat(
        Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => char.GetUnicodeCategory(c) == UnicodeCategory.Format));

    public static string Remove(string text) =>
        Ascii.IsValid(text)
            ? text
            : string.Concat(text.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format));
}
