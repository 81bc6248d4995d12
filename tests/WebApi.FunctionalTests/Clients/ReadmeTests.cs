using System.Text.RegularExpressions;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Clients;

/// <summary>The README of <c>clients/dotnet</c>: what a newcomer copies compiles, and prints what it says.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "clients", "dotnet", "README.md"));
    private static readonly string Code = File.ReadAllText(Path.Combine(
        Repository.Root, "tests", "WebApi.FunctionalTests", "Clients", $"{nameof(ReadmeExamples)}.cs"));

    private static IEnumerable<string> Shown => Block().Matches(Readme).Select(block => block.Groups["code"].Value);

    [Test]
    public void Shows_the_code_that_is_run() => Assert.That(
        Shown, Is.EquivalentTo(Example().Matches(Code).Select(example => Indentation().Replace(example.Groups["code"].Value, ""))));

    [Test]
    public async Task Each_example_prints_what_it_says()
    {
        using var service = Service.Start();
        using var examples = new ReadmeExamples(service.Api.Address);

        await examples.RunAsync();

        Assert.That(examples.Printed, Is.EqualTo(string.Concat(Output().Matches(Code).Select(line => $"{line.Groups["text"].Value}\n"))));
    }

    [GeneratedRegex(@"^```cs\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    /// <summary>An example ends where the next or something else begins, or its method ends.</summary>
    [GeneratedRegex(@"^ {8}// Example\n(?<code>.*?)(?=\n? {8}// (Example|End)|^ {4}\}\n)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("^ {8}", RegexOptions.Multiline)]
    private static partial Regex Indentation();

    [GeneratedRegex(@"Console\.WriteLine\(.*\); // (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Output();
}
