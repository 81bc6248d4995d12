using System.Text;
using System.Text.RegularExpressions;
using MongoDB.Bson;
using OrderIssues.Domain;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Regular expressions that match a text literally.</summary>
internal static class TextPattern
{
    private const string Blanks = "[\\s\u00a0\u3000]*";

    // What FormatCharacters removes from the text searched for may be anywhere in the text searched.
    private static readonly string Hidden = $"[{FormatCharacters.Basic}]*";

    /// <summary>Blank text.</summary>
    public static readonly BsonRegularExpression Blank = new($"^{Blanks}$");

    /// <summary>Whole text, regardless of the case of ASCII letters and of outer blanks.</summary>
    public static BsonRegularExpression Whole(string text) =>
        new($"^{Blanks}{string.Concat(text.EnumerateRunes().Select(AnyCase))}{Blanks}$");

    /// <summary>Part of a text, in any case, with format characters anywhere.</summary>
    public static BsonRegularExpression Anywhere(string text) =>
        new(string.Join(Hidden, text.EnumerateRunes().Select(rune => Regex.Escape(rune.ToString()))), "i");

    private static string AnyCase(Rune rune) => rune.IsAscii && Rune.IsLetter(rune)
        ? $"[{Rune.ToUpperInvariant(rune)}{Rune.ToLowerInvariant(rune)}]"
        : Regex.Escape(rune.ToString());
}
