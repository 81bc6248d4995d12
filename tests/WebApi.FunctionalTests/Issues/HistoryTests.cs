using System.Net;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class HistoryTests(StoreKind store)
{
    [Test]
    public async Task Tells_who_did_what_and_when()
    {
        var time = new FakeTimeProvider(new(2025, 11, 20, 10, 0, 0, 0, TimeSpan.Zero));
        using var service = Service.On(store, time);
        var body = Api.Minimal("A-1");
        body["createdBy"] = "agentName";
        var issueId = (await service.Api.CreateAsync(body)).IssueId;
        time.Advance(TimeSpan.FromHours(1));
        await service.Api.PutAsync("/api/order-issue/update/A-1", """{ "status": "done", "by": "Jane" }""");
        await service.Api.PutAsync("/api/order-issue/discussion/A-1", """{ "username": "John", "message": "Hello" }""");

        var answer = (await service.Api.GetAsync($"/api/order-issue/{issueId}/history")).Succeeded();

        Assert.That(answer.Body["data"]!.ToJsonString(), Is.EqualTo(
            """
            [{"at":"2025-11-20T10:00:00.000Z","by":"agentName","action":"created","changes":[{"field":"status","to":"open"}]},
            {"at":"2025-11-20T11:00:00.000Z","by":"Jane","action":"statusChanged","changes":[{"field":"status","from":"open","to":"done"},
            {"field":"issueResolvedAt","to":"2025-11-20T11:00:00.000Z"}]},
            {"at":"2025-11-20T11:00:00.000Z","by":"John","action":"messageAdded","changes":[{"field":"discussion"}]}]
            """.ReplaceLineEndings("")));
    }

    [TestCase("999")]
    [TestCase("abc")]
    [TestCase("update")]
    public async Task Knows_no_other_number(string issueId) =>
        (await Shared.On(store).GetAsync($"/api/order-issue/{issueId}/history")).Failed(HttpStatusCode.NotFound, "issue_not_found");
}
