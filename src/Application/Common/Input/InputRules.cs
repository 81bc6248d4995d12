using System.Text;
using System.Text.RegularExpressions;

namespace OrderIssues.Application.Common.Input;

/// <summary>Validation rules; a message follows the field's name.</summary>
internal static partial class InputRules
{
    private const int MinYear = 2000;
    private const int MaxYear = 2100;

    public static IRuleBuilderOptions<T, string?> Required<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => !string.IsNullOrEmpty(text)).WithMessage("is required");

    public static IRuleBuilderOptions<T, string?> SingleLine<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.WellFormedText(max).Must(text => text is null || PlainText.IsLine(text)).WithMessage("must not contain control characters");

    public static IRuleBuilderOptions<T, string?> MultilineText<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.WellFormedText(max).Must(text => text is null || PlainText.IsText(text))
            .WithMessage("must not contain control characters other than tabs and line ends");

    public static IRuleBuilderOptions<T, string?> DateTime<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || IsoDateTime.Parse(text) is { Year: >= MinYear and <= MaxYear })
            .WithMessage((_, text) => $"must be an ISO 8601 date or date-time between the years {MinYear} and {MaxYear}"
                + (IsoDateTime.FaultOf(text!) is { } fault ? $": {fault}" : ""));

    public static IRuleBuilderOptions<T, string?> Email<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || IsEmail(text)).WithMessage("must be an e-mail address");

    public static bool IsEmail(string text) => EmailAddress().IsMatch(InBmp(text));

    public static IRuleBuilderOptions<T, IReadOnlyList<TElement?>?> MaxCount<T, TElement>(
        this IRuleBuilder<T, IReadOnlyList<TElement?>?> rule, int max)
        where TElement : class =>
        rule.Must(list => list is null || list.Count <= max)
            .WithMessage($"must have at most {max.ToString("N0", CultureInfo.InvariantCulture)} elements");

    private static IRuleBuilderOptions<T, string?> WellFormedText<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.Must(text => text is null || PlainText.Length(text) <= max)
            .WithMessage($"must be at most {max.ToString("N0", CultureInfo.InvariantCulture)} characters long")
            .Must(text => text is null || PlainText.IsWellFormed(text))
            .WithMessage($"must be well-formed Unicode with at most {PlainText.MaxMarksInARow} combining marks in a row");

    /// <summary>Puts a letter, mark or digit in the place of each beyond the BMP.</summary>
    // Regular expressions see two characters there.
    private static string InBmp(string text) => text.Any(char.IsSurrogate)
        ? string.Concat(text.EnumerateRunes().Select(rune =>
            rune.IsBmp ? rune.ToString()
            : Rune.IsLetter(rune) ? "a"
            : Rune.IsNumber(rune) ? "0"
            : Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark ? "\u0301"
            : " "))
        : text;

    /// <summary>HTML's e-mail addresses (https://html.spec.whatwg.org/#valid-e-mail-address) plus any script (RFC 6531).</summary>
    [GeneratedRegex(
        @"\A[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]+"
        + @"@[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?)*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex EmailAddress();
}
