using System.Text;

namespace OrderIssues.Domain;

/// <summary>Compares texts regardless of the case of letters, of any script.</summary>
public static class CaseFolding
{
    private const int LastPlaneWithCase = 0x1FFFF;

    private static readonly ILookup<string, Rune> Folded = Enumerable.Range(0, LastPlaneWithCase + 1)
        .Where(Rune.IsValid)
        .Select(code => new Rune(code))
        .Where(rune => Fold(rune.ToString()) != rune.ToString())
        .ToLookup(rune => Fold(rune.ToString()));

    /// <summary>Gives equal texts for texts that differ in case only.</summary>
    // Upper case comes first, since some letters have two lower ones: σ and ς.
    public static string Fold(string text) => text.ToUpperInvariant().ToLowerInvariant();

    /// <summary>Joins a letter in each case; one character for what has no case.</summary>
    public static string VariantsOf(Rune rune)
    {
        var folded = Fold(rune.ToString());
        return folded + string.Concat(Folded[folded]);
    }
}
