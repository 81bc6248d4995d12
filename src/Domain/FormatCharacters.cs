using System.Text;

namespace OrderIssues.Domain;

/// <summary>Invisible characters that come with text copied from web pages (Unicode category Cf).</summary>
public static class FormatCharacters
{
    private const int LastTag = 0xE007F;

    /// <summary>All of them, as ranges of a regular expression's character class.</summary>
    public static readonly string Ranges = string.Concat(FindRanges().Select(range => $"{range.First}-{range.Last}"));

    public static string Remove(string text) =>
        Ascii.IsValid(text)
            ? text
            : string.Concat(text.EnumerateRunes().Where(rune => !IsFormat(rune)));

    private static bool IsFormat(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    private static IEnumerable<(Rune First, Rune Last)> FindRanges()
    {
        Rune? first = null;
        for (var code = 0; code <= LastTag + 1; code++)
        {
            if (Rune.IsValid(code) && IsFormat(new Rune(code)))
            {
                first ??= new Rune(code);
            }
            else if (first is { } start)
            {
                yield return (start, new Rune(code - 1));
                first = null;
            }
        }
    }
}
