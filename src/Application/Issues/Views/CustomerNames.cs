using System.Text.RegularExpressions;
using OrderIssues.Domain;

namespace OrderIssues.Application.Issues.Views;

/// <summary>Names and addresses of customers, which views may have.</summary>
/// <remarks>A name of one word isn't looked for, since it means more than a customer.</remarks>
internal sealed partial class CustomerNames
{
    private readonly IReadOnlyList<string> addresses;

    /// <summary>Words of each name, with the times that it has them.</summary>
    private readonly IReadOnlyList<Dictionary<string, int>> names;

    public CustomerNames(IEnumerable<string> texts)
    {
        var byKind = texts.Select(Fold).ToLookup(text => text.Contains('@'));
        addresses = [.. byKind[true]];
        names = [.. byKind[false].Select(WordsOf).Where(words => words.Values.Sum() > 1)];
    }

    /// <summary>True for a view whose name or query has an address, or all words of a name in any order.</summary>
    public bool AreIn(string viewName, string query) => ValuesOf(query).Prepend(viewName).Select(Fold).Any(text =>
    {
        var words = WordsOf(text);
        return addresses.Any(text.Contains)
            || names.Any(name => name.All(word => words.GetValueOrDefault(word.Key) >= word.Value));
    });

    private static IEnumerable<string> ValuesOf(string query) =>
        query.Split('&').Select(parameter => Uri.UnescapeDataString(parameter[(parameter.IndexOf('=') + 1)..].Replace('+', ' ')));

    private static string Fold(string text) => CaseFolding.Fold(PlainText.CleanIdentifier(text)!);

    private static Dictionary<string, int> WordsOf(string text) =>
        Word().Matches(text).CountBy(match => match.Value).ToDictionary();

    // Letters beyond the BMP are surrogates.
    [GeneratedRegex(@"[\p{L}\p{M}\p{N}\p{Cs}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
