using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Documents;

/// <summary>What a stranger types from the page on events is answered as the page says.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
[CancelAfter(60_000)]
public sealed partial class EventsPageTests(StoreKind store)
{
    private const string ShownAddress = "http://localhost:5080";

    // Changes write their answers there.
    private const string AnswerFile = "issue.json";
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "events.md"));
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public async Task Each_command_is_answered_as_the_page_says()
    {
        Tools.Require("sh", "curl");
        var streams = new List<Process>();
        using (var service = Service.On(store))
        {
            var changes = 0;
            Process? running = null;
            foreach (var (language, text) in Blocks())
            {
                switch (language)
                {
                    case "sh" when text.Contains(AnswerFile, StringComparison.Ordinal):
                        await ChangeAsync(text, service.Api, changes++);
                        break;
                    case "sh":
                        running = Run(text, service.Api);
                        break;
                    case "json":
                        Assert.That(Lasting(await OutputAsync(running!)), Is.EqualTo(Lasting(Compact(text))), text);
                        break;
                    case "":
                        Assert.That(Lasting(await ReadAsync(running!, text.Count(character => character is '\n'))), Is.EqualTo(Lasting(text)));
                        streams.Add(running!);
                        break;
                }
            }

            Assert.That((changes, streams.Count), Is.EqualTo((3, 2)));
            Assert.That(streams.Select(stream => stream.HasExited), Has.All.False);
        }

        foreach (var stream in streams)
        {
            Assert.That(await OutputAsync(stream), Does.Not.Contain("id:"), "The service has stopped.");
        }
    }

    /// <summary>The clients' tests run theirs.</summary>
    [Test]
    public async Task Follows_as_the_pages_of_the_clients_do()
    {
        var examples = Blocks().Where(block => block.Language is "ts" or "cs" && block.Text.Contains("It would go on", StringComparison.Ordinal)).ToList();
        Assert.That(examples.Select(example => example.Language), Is.EqualTo(new[] { "ts", "cs" }));
        foreach (var (client, (_, text)) in new[] { "typescript", "dotnet" }.Zip(examples))
        {
            Assert.That(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "clients", client, "README.md")), Does.Contain(text));
        }
    }

    [Test]
    public async Task Shows_the_receiver_in_CSharp_that_is_run()
    {
        var code = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "WebApi.FunctionalTests", "Documents", "EventsPageReceivers.cs"));
        var run = Indentation().Replace(Example().Match(code).Groups["code"].Value, "");
        Assert.That(Blocks(), Has.Member(("cs", $"using System.Collections.Concurrent;\nusing OrderIssues.Client;\n\n{run}app.Run();\n")));
    }

    private static IEnumerable<(string Language, string Text)> Blocks() =>
        Block().Matches(Page).Select(block => (block.Groups["language"].Value, block.Groups["text"].Value));

    /// <summary>Runs a command that changes an issue, and waits until its event is there.</summary>
    private async Task ChangeAsync(string command, Api api, int eventsBefore)
    {
        await OutputAsync(Run(command, api));
        Assert.That((bool)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, AnswerFile)))!["ok"]!, Is.True, command);
        await api.GetAsync($"/api/issue-event?after={eventsBefore}&wait=30");
    }

    private Process Run(string command, Api api) => Process.Start(
        new ProcessStartInfo("sh", ["-c", command.Replace(ShownAddress, api.Address.ToString().TrimEnd('/'), StringComparison.Ordinal)])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = folder.Path,
        })!;

    private static async Task<string> OutputAsync(Process running)
    {
        using (running)
        {
            var output = await running.StandardOutput.ReadToEndAsync();
            await running.WaitForExitAsync();
            Assert.That(running.ExitCode, Is.Zero);
            return output;
        }
    }

    private static async Task<string> ReadAsync(Process running, int lines)
    {
        var read = "";
        for (var i = 0; i < lines; i++)
        {
            read += $"{await running.StandardOutput.ReadLineAsync()}\n";
        }

        return read;
    }

    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString(Relaxed);

    /// <summary>Without what is another each time.</summary>
    private static string Lasting(string text) => Fleeting().Replace(text, "…");

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^ {8}// Example\n(?<code>.*?)(?=\n {8}// End)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("^ {8}", RegexOptions.Multiline)]
    private static partial Regex Indentation();

    [GeneratedRegex("""(?<="timestamp":")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|(?<="epoch":")[0-9a-f]{16,24}|(?<="traceId":")00-[0-9a-f]{32}-[0-9a-f]{16}-00""")]
    private static partial Regex Fleeting();
}
