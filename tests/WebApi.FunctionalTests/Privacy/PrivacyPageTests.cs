using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Privacy;

/// <summary>The requests of the page on personal data answer what it says.</summary>
public sealed partial class PrivacyPageTests
{
    [Test]
    public async Task Each_request_answers_what_the_page_says()
    {
        using var service = Service.Start();
        var body = Api.Minimal();
        body["customerEmail"] = "josh@example.com";
        await service.Api.CreateAsync(body);
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "privacy.md"));
        var requests = Request().Matches(page);
        Assert.That(requests, Has.Count.EqualTo(2));
        var answers = new List<JsonObject>();
        foreach (Match request in requests)
        {
            answers.Add((await service.Api.PostAsync(request.Groups["path"].Value, request.Groups["body"].Value)).Succeeded().Body);
        }

        Assert.That(answers[0]["data"]!["issues"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(answers[1].ToJsonString(), Is.EqualTo(JsonNode.Parse(Answered().Match(page).Groups["answer"].Value)!.ToJsonString()));
    }

    [GeneratedRegex(@"^curl http://localhost:5080(?<path>\S+) .*?-d '(?<body>\{[^']*\})'", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Request();

    [GeneratedRegex(@"```json\n(?<answer>\{.*?\})\n```", RegexOptions.Singleline)]
    private static partial Regex Answered();
}
