using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using NUnit.Framework.Interfaces;

[assembly: OrderIssues.WebApi.FunctionalTests.Security.NothingLeaks]

namespace OrderIssues.WebApi.FunctionalTests.Security;

/// <summary>What a service of any test logged or answered that it should have kept to itself.</summary>
internal static partial class Leaks
{
    /// <summary>Shorter ones are words that stand elsewhere, too.</summary>
    private const int MinCharacters = 8;

    private static readonly ConcurrentDictionary<string, bool> Secrets = new();
    private static readonly ConcurrentQueue<string> Found = new();

    /// <summary>Of a value that a service is configured with, what nobody else may see.</summary>
    public static void Configure(string key, string value)
    {
        var secret = SecretKey().IsMatch(key) ? value : Password().Match(value).Groups["password"].Value;
        if (secret.Length >= MinCharacters)
        {
            Secrets.TryAdd(secret, true);
        }
    }

    public static void LookInLog(string text) => Look("log", text, SecretIn(text) ?? Address().Match(text).Value);

    public static void LookInAnswer(string text) => Look("answer", text, SecretIn(text) ?? StackTrace().Match(text).Value);

    /// <summary>Those that were found since this was last asked.</summary>
    public static IReadOnlyList<string> TakeAll()
    {
        var leaks = new List<string>();
        while (Found.TryDequeue(out var leak))
        {
            leaks.Add(leak);
        }

        return leaks;
    }

    private static void Look(string where, string text, string leak)
    {
        if (leak.Length > 0)
        {
            Found.Enqueue($"{where}: {leak} in: {text}");
        }
    }

    private static string? SecretIn(string text) => Secrets.Keys.FirstOrDefault(secret => text.Contains(secret, StringComparison.Ordinal));

    [GeneratedRegex("(ApiKey|Key|Secret|Token|Password)$")]
    private static partial Regex SecretKey();

    [GeneratedRegex("://[^/@:]*:(?<password>[^/@]+)@")]
    private static partial Regex Password();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(\.[\w-]+)+")]
    private static partial Regex Address();

    [GeneratedRegex(@"^\s+at \S.*\(.*\)|\bin \S+\.cs:line [0-9]+|---> \S+Exception", RegexOptions.Multiline)]
    private static partial Regex StackTrace();
}

/// <summary>Fails whichever test ends next after something leaked.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class NothingLeaksAttribute : Attribute, ITestAction
{
    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
    }

    public void AfterTest(ITest test) => Assert.That(Leaks.TakeAll(), Is.Empty);
}
