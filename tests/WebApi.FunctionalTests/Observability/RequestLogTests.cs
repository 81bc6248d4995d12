using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Observability;

public sealed class RequestLogTests
{
    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public async Task Has_a_line_for_a_request_that_failed_which_its_traceId_leads_to()
    {
        using var service = Service.Start();
        await service.Api.CreateAsync(Api.Minimal());
        using (var connection = new SqliteConnection($"Data Source={service.File}"))
        {
            connection.Open();
            new SqliteCommand("ALTER TABLE discussion RENAME TO gone", connection).ExecuteNonQuery();
        }

        var answer = (await service.Api.GetAsync("/api/order-issue/1600001")).Failed(HttpStatusCode.InternalServerError, "internal_error");

        Assert.That(service.Log.Lines, Has.Exactly(1).Matches(
            $@"^Warning: GET api/order-issue/{{issueId[^ ]*}} answered 500 after \d+ ms \({(string?)answer.Body["traceId"]}\)$"));
    }

    /// <summary>A line is one JSON object outside Development, and of another request there is none unless somebody asks.</summary>
    [TestCase(null, 0)]
    [TestCase("Debug", 2)]
    public async Task Has_a_line_for_each_request_where_it_is_asked_for(string? level, int lines)
    {
        (string, string)[] asked = level is null ? [] : [("Logging__LogLevel__OrderIssues.WebApi.Observability.RequestLog", level)];
        using var service = await ServiceProcess.StartAsync(
            folder.Path, [("ConnectionStrings__Sqlite", "Data Source=issues.db"), ("Auth__AllowAnonymous", "true"), .. asked]);
        (await service.Api.CreateAsync(Api.Minimal("A-4711"))).Succeeded(HttpStatusCode.Created);
        (await service.Api.PutAsync("/api/order-issue/update/A-4712", """{ "status": "done" }""")).Failed(HttpStatusCode.NotFound, "issue_not_found");
        await service.StopAsync();

        var all = service.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.That(all, Has.All.Matches<JsonNode>(line => $"{line!["Timestamp"]}".EndsWith('Z') && line["LogLevel"] is not null && line["Message"] is not null));
        var told = all.Where(line => $"{line["Category"]}".EndsWith("RequestLog", StringComparison.Ordinal)).Select(line => line["State"]!.AsObject());

        // A cold machine may need more than a second for the first, which has a line in any case.
        told = told.Where(state => level is not null || (long)state["Milliseconds"]! < 1_000);
        Assert.That(told.Select(state => ($"{state["Method"]}", (int)state["Status"]!)), Is.EqualTo(new[] { ("POST", 201), ("PUT", 404) }.Take(lines)));
        Assert.That(service.Output, Does.Not.Contain("A-4711").And.Not.Contain("A-4712"));
    }
}
