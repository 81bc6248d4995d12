using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Documents;

/// <summary>What a newcomer reads is what happens.</summary>
public sealed partial class ReadmeTests
{
    private const string Run = "dotnet run --project src/WebApi";
    private const string Seed = "dotnet run --project bench/Seeder";
    private const string ShownAddress = "http://localhost:5080";
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private const string Built = $"--no-build --configuration {Configuration}";
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    /// <summary>The one command that runs it, but for what would get in the way of another test or of whoever works here.</summary>
    [Test]
    public async Task Each_command_answers_what_the_README_says()
    {
        Tools.Require("sh", "curl");
        Assert.That(CommandBlocks().First(), Is.EqualTo(Run));
        var contentRoot = Directory.CreateDirectory(Path.Combine(folder.Path, "src/WebApi")).FullName;
        var setting = Setting().Match(Readme).Groups["argument"].Value;
        using var service = await ServiceProcess.StartAsync(
            Repository.Root, [.. $"{Run} {Built} {setting}".Split(' ')], ("ASPNETCORE_CONTENTROOT", contentRoot));
        Assert.That(service.ExitCode, Is.Null, service.Output);

        var examples = Example().Matches(Readme);
        Assert.That(examples, Has.Count.EqualTo(8));
        foreach (Match example in examples)
        {
            var command = example.Groups["command"].Value;
            var answer = await RunAsync(command.Replace(ShownAddress, service.Api.Address.ToString().TrimEnd('/'), StringComparison.Ordinal));
            AssertSame(JsonNode.Parse(answer), JsonNode.Parse(example.Groups["answer"].Value), command);
        }

        foreach (Match inline in InlineCommand().Matches(Readme))
        {
            var command = inline.Groups["command"].Value.Replace(ShownAddress, service.Api.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
            Assert.That((bool)JsonNode.Parse(await RunAsync(command))!["ok"]!, Is.True, command);
        }

        var before = await CountAsync();
        var seed = CommandBlocks().Single(command => command.StartsWith(Seed, StringComparison.Ordinal));
        await RunAsync(seed.Replace(Seed, $"dotnet run --project '{Path.Combine(Repository.Root, "bench/Seeder")}' {Built}", StringComparison.Ordinal));
        Assert.That((before, await CountAsync()), Is.EqualTo((3, 2003)));

        async Task<int> CountAsync() => (int)(await service.Api.GetAsync("/api/order-issue?limit=1&count=true")).Body["page"]!["total"]!;
    }

    [Test]
    public void Every_command_is_one_that_is_run() =>
        Assert.That(
            CommandBlocks().Where(command => !command.StartsWith("curl ", StringComparison.Ordinal)).Select(command => command.Split(" -- ")[0]),
            Is.EqualTo(new[] { Run, Seed, "dotnet test" }));

    [Test]
    public void Every_link_leads_somewhere()
    {
        foreach (var document in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "README.md")).Append(Path.Combine(Repository.Root, "CONTRIBUTING.md")))
        {
            foreach (Match link in Link().Matches(File.ReadAllText(document)))
            {
                var target = Path.Combine(Path.GetDirectoryName(document)!, link.Groups["path"].Value);
                Assert.That(Path.Exists(target), Is.True, $"{document}: {link.Value}");
            }
        }
    }

    private static IEnumerable<string> CommandBlocks() => Command().Matches(Readme).Select(block => block.Groups["command"].Value.Trim());

    /// <summary>Runs a command in a folder that has the service's data where the repository has it.</summary>
    private async Task<string> RunAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true, WorkingDirectory = folder.Path })!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.That(shell.ExitCode, Is.Zero, command);
        return output;
    }

    /// <summary>The same JSON, but for ids and times that are others each time: those must only look alike.</summary>
    private static void AssertSame(JsonNode? actual, JsonNode? expected, string context)
    {
        if (expected is JsonObject members)
        {
            Assert.That(actual!.AsObject().Select(member => member.Key), Is.EqualTo(members.Select(member => member.Key)), context);
            foreach (var (name, value) in members)
            {
                AssertSame(actual[name], value, $"{context}: {name}");
            }
        }
        else if (expected is JsonArray elements)
        {
            Assert.That(actual!.AsArray(), Has.Count.EqualTo(elements.Count), context);
            for (var i = 0; i < elements.Count; i++)
            {
                AssertSame(actual[i], elements[i], $"{context}[{i}]");
            }
        }
        else
        {
            var shape = Fleeting().Match(context.Split(' ')[^1]) is { Success: true } ? Digit() : null;
            Assert.That(Shown(actual), Is.EqualTo(Shown(expected)), context);
            string? Shown(JsonNode? value) => shape is null ? value?.ToJsonString() : shape.Replace(value!.ToJsonString(), "0");
        }
    }

    [GeneratedRegex(@"```sh\n(?<command>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Command();

    [GeneratedRegex(@"```sh\n(?<command>curl [^`]*)\n```\n\n```json\n(?<answer>[^`]*)```")]
    private static partial Regex Example();

    [GeneratedRegex(@"\| the command line, after `dotnet run` \| `(?<argument>[^`]+)` \|")]
    private static partial Regex Setting();

    [GeneratedRegex(@"`(?<command>curl [^`\n]*)`")]
    private static partial Regex InlineCommand();

    [GeneratedRegex(@"\]\((?!https?:|#)(?<path>[^)#]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(_id|traceId|createdAt|updatedAt|issueResolvedAt|created_at|avgHoursToResolve)$")]
    private static partial Regex Fleeting();

    [GeneratedRegex(@"[0-9a-f](\.[0-9]{1,2}\b)?")]
    private static partial Regex Digit();
}
