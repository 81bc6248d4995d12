using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Documents;

/// <summary>Every request of <c>requests/</c> answers what the comment above it says.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed partial class RequestFileTests(StoreKind store)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "requests");

    public static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.http").Select(file => Path.GetFileName(file));

    [TestCaseSource(nameof(Files))]
    public async Task Answers_what_the_file_says(string file)
    {
        using var service = Service.On(store);
        var requests = (await File.ReadAllTextAsync(Path.Combine(Folder, file))).ReplaceLineEndings("\n").Split("###")[1..];
        foreach (var text in requests)
        {
            var request = Request().Match(text);
            Assert.That(request.Success, Is.True, $"{file} can't be read:{text}");

            var answer = await service.Api.SendAsync(Message(request));

            Assert.That((int)answer.Status, Is.EqualTo(int.Parse(request.Groups["status"].Value, null)), $"{text}\n{answer.Text}");
            var expected = request.Groups["expected"].Value;
            if (expected.Contains('/') && !expected.StartsWith('{'))
            {
                Assert.That(answer.ContentHeaders.ContentType?.MediaType, Is.EqualTo(expected), text);
                continue;
            }

            AssertContains(answer.Body, expected.StartsWith('{') ? JsonNode.Parse(expected) : new JsonObject { ["code"] = expected }, text);
        }
    }

    private static HttpRequestMessage Message(Match request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Groups["method"].Value), request.Groups["path"].Value);
        if (request.Groups["type"].Success)
        {
            message.Content = new StringContent(request.Groups["body"].Value.TrimEnd(), Encoding.UTF8, request.Groups["type"].Value);
        }

        if (request.Groups["key"].Success)
        {
            message.Headers.Add("Idempotency-Key", request.Groups["key"].Value);
        }

        return message;
    }

    private static void AssertContains(JsonNode? actual, JsonNode? expected, string context)
    {
        if (expected is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                AssertContains(actual?[name], value, $"{context}\n{name}");
            }
        }
        else if (expected is JsonArray elements && actual is JsonArray found && found.Count == elements.Count)
        {
            foreach (var (element, i) in elements.Select((element, i) => (element, i)))
            {
                AssertContains(found[i], element, $"{context}\n[{i}]");
            }
        }
        else
        {
            Assert.That(actual?.ToJsonString(), Is.EqualTo(expected?.ToJsonString()), context);
        }
    }

    [GeneratedRegex(
        @"\A .+\n# Answers (?<status>[0-9]{3}) (?<expected>.+)\n(?<method>[A-Z]+) \{\{host\}\}(?<path>\S+)\n(Idempotency-Key: (?<key>\S+)\n)?(Content-Type: (?<type>\S+)\n\n(?<body>[^#]+))?\s*\z")]
    private static partial Regex Request();
}
