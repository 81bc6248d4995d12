using System.Text.RegularExpressions;
using OrderIssues.TestCommon;

namespace OrderIssues.ArchitectureTests;

/// <summary>Rules about the text of the product's files.</summary>
public sealed partial class TextTests
{
    /// <summary>Limit of <c>.editorconfig</c>, which the compiler doesn't hold.</summary>
    private const int MaxLineLength = 140;

    private static readonly string Source = Path.Combine(Repository.Root, "src");

    [Test]
    public void Lines_end_within_their_limit() => Assert.That(
        Lines(Source).Where(line => line.Text.Length > MaxLineLength).Select(line => line.Place), Is.Empty);

    [Test]
    public void Domain_and_Application_know_no_words_of_HTTP() => Assert.That(
        Lines(Path.Combine(Source, "Domain")).Concat(Lines(Path.Combine(Source, "Application")))
            .Where(line => HttpWord().IsMatch(line.Text)).Select(line => $"{line.Place}: {line.Text.Trim()}"),
        Is.Empty);

    [TestCase("throw new(\"If-Match names no state\")", true)]
    [TestCase("FailureCode.RouteNotFound", true)]
    [TestCase("using System.Net.Http;", true)]
    [TestCase("/// a header that says so", true)]
    [TestCase("/// see https://www.rfc-editor.org", false)]
    [TestCase("public bool Matches(string text)", false)]
    public void Words_of_HTTP_are_found(string line, bool isFound) => Assert.That(HttpWord().IsMatch(line), Is.EqualTo(isFound));

    private static IEnumerable<(string Place, string Text)> Lines(string root) =>
        from file in SourceFiles.Below(root)
        from line in File.ReadLines(Path.Combine(root, file)).Index()
        select ($"{file}:{line.Index + 1}", line.Item);

    [GeneratedRegex(
        @"\bHTTP\b|Net\.Http|AspNetCore|Http(Context|Request|Response|Method|Status)|\b[Hh]eaders?\b|If-?Match|If-?None-?Match|Idempotency-Key|\bETags?\b|WWW-Authenticate|[Qq]uery parameter|"
        + "QueryErrors|RouteNotFound|MethodNotAllowed|UnsupportedMediaType|PayloadTooLarge|MalformedBody|Unauthorized|RateLimited")]
    private static partial Regex HttpWord();
}
