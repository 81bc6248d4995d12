using System.Text;
using System.Text.RegularExpressions;
using MongoDB.Bson;
using OrderIssues.Domain;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Regular expressions that match a text literally.</summary>
internal static class TextPattern
{
    private const string BlankClass = "\\s\u00a0\u3000";
    private const string Blanks = $"[{BlankClass}]*";

    // Blanks of all kinds, and what else doesn't count in types.
    private const string Loose = $"[{BlankClass}\u0085\u1680\u2000-\u200a\u2028\u2029\u202f\u205f_-]*";

    // What FormatCharacters removes from the text searched for may be anywhere in the text searched.
    private static readonly string Hidden = $"[{FormatCharacters.Ranges}]*";
    private static readonly string Unseen = $"[{BlankClass}{FormatCharacters.Ranges}]*";

    /// <summary>Text with a format character.</summary>
    public static readonly BsonRegularExpression Format = new($"[{FormatCharacters.Ranges}]");

    /// <summary>Whole number, with blanks and format characters around it.</summary>
    public static readonly BsonRegularExpression Number = new($"^{Unseen}0*[0-9]{{1,15}}(\\.0*)?{Unseen}$");

    /// <summary>Text that isn't plain digits.</summary>
    public static readonly BsonRegularExpression NoDigits = new("[^0-9]|^0.");

    /// <summary>Blank text.</summary>
    public static readonly BsonRegularExpression Blank = new($"^{Blanks}$");

    /// <summary>Whole text, regardless of case and of outer blanks.</summary>
    public static BsonRegularExpression Whole(string text) =>
        new($"^{Blanks}{string.Concat(text.EnumerateRunes().Select(AnyCase))}{Blanks}$");

    /// <summary>Whole text that has this key (<see cref="IssueTypes.KeyOf"/>).</summary>
    public static BsonRegularExpression WithKey(string key) =>
        new($"^{Loose}{string.Concat(key.EnumerateRunes().Select(rune => AnyCase(rune) + Loose))}$");

    /// <summary>Part of a text, in any case, with format characters anywhere.</summary>
    public static BsonRegularExpression Anywhere(string text) =>
        new(string.Join(Hidden, text.EnumerateRunes().Select(rune => Regex.Escape(rune.ToString()))), "i");

    private static string AnyCase(Rune rune) =>
        CaseFolding.VariantsOf(rune) is var variants && variants == rune.ToString() ? Regex.Escape(variants) : $"[{variants}]";
}
