using System.Net;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Events;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class EventListTests(StoreKind store)
{
    private const string Path = "/api/issue-event";

    [Test]
    public async Task Tells_what_happened_oldest_first()
    {
        var time = new FakeTimeProvider(new(2025, 11, 20, 10, 0, 0, 0, TimeSpan.Zero));
        using var service = Service.On(store, time);
        var body = Api.Minimal("A-1");
        body["createdBy"] = "Ann";
        body["customerName"] = "Josh";
        var issueId = (await service.Api.CreateAsync(body)).IssueId;
        await service.Api.PutAsync("/api/order-issue/update/A-1", """{ "status": "done", "by": "Ben" }""");

        var answer = await GetAsync(service, 2);

        Assert.That(answer.Body["data"]!.ToJsonString(), Is.EqualTo(
            $$$"""
            [{"sequence":1,"type":"order_issue.created","timestamp":"2025-11-20T10:00:00.000Z","data":{"issueId":"{{{issueId}}}",
            "OrderId":"A-1","source":"email","version":0,"status":"open","resolved":false,"changed":["status"],"by":"Ann"}},
            {"sequence":2,"type":"order_issue.status_changed","timestamp":"2025-11-20T10:00:00.000Z","data":{"issueId":"{{{issueId}}}",
            "OrderId":"A-1","source":"email","version":1,"status":"done","resolved":true,"changed":["status","issueResolvedAt"],"by":"Ben"}}]
            """.ReplaceLineEndings("")));
        var page = answer.Body["page"]!.AsObject();
        var epoch = (string)page["epoch"]!;
        Assert.That(page.ToJsonString(), Is.EqualTo($$"""{"limit":100,"next":2,"oldest":1,"latest":2,"epoch":"{{epoch}}"}"""));
    }

    [Test]
    public async Task Goes_on_after_an_event_of_some_kinds()
    {
        using var service = Service.On(store);
        for (var i = 0; i < 3; i++)
        {
            await service.Api.CreateAsync(Api.Minimal("A-1"));
            await service.Api.PutAsync("/api/order-issue/discussion/A-1", """{ "username": "Ann", "message": "Hello" }""");
        }

        await GetAsync(service, 6);

        Assert.That(await SequencesAsync(service, "?after=2&limit=2"), Is.EqualTo("3 4, next 4"));
        Assert.That(await SequencesAsync(service, "?type=order_issue.message_added&limit=2"), Is.EqualTo("2 4, next 4"));
        Assert.That(await SequencesAsync(service, "?type=order_issue.message_added,order_issue.edited&after=4"), Is.EqualTo("6, next 6"));
        Assert.That(await SequencesAsync(service, "?type=order_issue.created&type=order_issue.edited&after=4"), Is.EqualTo("5, next 6"));
        Assert.That(await SequencesAsync(service, "?type=order_issue.erased"), Is.EqualTo(", next 6"), "Next also where all were left out");
        Assert.That(await SequencesAsync(service, "?after=6"), Is.EqualTo(", next 6"));
    }

    [Test]
    public async Task Waits_for_an_event()
    {
        using var service = Service.On(store);
        var waiting = service.Api.GetAsync($"{Path}?wait=30&after=0");
        var others = service.Api.GetAsync($"{Path}?wait=30&type=order_issue.status_changed");
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        Assert.That(waiting.IsCompleted, Is.False);

        await service.Api.CreateAsync(Api.Minimal("A-1"));

        Assert.That((await waiting).Succeeded().Body["data"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(others.IsCompleted, Is.False, "It isn't of its kind");
        await service.Api.PutAsync("/api/order-issue/update/A-1", """{ "status": "done" }""");
        Assert.That((long)(await others).Succeeded().Body["data"]!.AsArray().Single()!["sequence"]!, Is.EqualTo(2));
    }

    [Test]
    public async Task Gives_up_waiting_when_the_time_is_over()
    {
        var time = new FakeTimeProvider(new(2025, 11, 20, 10, 0, 0, 0, TimeSpan.Zero));
        using var service = Service.On(store, time);

        var answer = await time.LetPassUntilAsync(service.Api.GetAsync($"{Path}?wait=30"), faster: 500);

        Assert.That(answer.Succeeded().Body["data"]!.AsArray(), Is.Empty);
        Assert.That(time.GetUtcNow(), Is.GreaterThanOrEqualTo(time.Start + TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task Refuses_a_place_that_the_log_has_not()
    {
        using var service = Service.On(store);
        await service.Api.CreateAsync(Api.Minimal("A-1"));
        var epoch = (string)(await GetAsync(service, 1)).Body["page"]!["epoch"]!;
        (await service.Api.GetAsync($"{Path}?after=1&epoch={epoch}")).Succeeded();

        foreach (var query in new[] { "?after=2", "?after=2&wait=30", "?after=9007199254740991", "?after=0&epoch=other" })
        {
            var refused = (await service.Api.GetAsync(Path + query)).Failed(HttpStatusCode.Gone, "events_expired");
            Assert.That(
                ((long)refused.Body["oldest"]!, (long)refused.Body["latest"]!, (string)refused.Body["epoch"]!), Is.EqualTo((1, 1, epoch)), query);
            (await service.Api.GetAsync($"{Path}/stream{query.Replace("&wait=30", "", StringComparison.Ordinal)}"))
                .Failed(HttpStatusCode.Gone, "events_expired");
        }
    }

    [TestCase("?after=-1", "after")]
    [TestCase("?after=", "after")]
    [TestCase("?after=1.0", "after")]
    [TestCase("?after=99999999999999999999", "after")]
    [TestCase("?limit=0", "limit")]
    [TestCase("?limit=501", "limit")]
    [TestCase("?wait=31", "wait")]
    [TestCase("?wait=-1", "wait")]
    [TestCase("?type=created", "type")]
    [TestCase("?type=", "type")]
    [TestCase("?type=order_issue.created,", "type")]
    [TestCase("?since=1", "since")]
    [TestCase("?after=1&after=2", "after")]
    public async Task Refuses_what_it_does_not_understand(string query, string field)
    {
        var answer = (await Shared.On(store).GetAsync(Path + query)).Failed(HttpStatusCode.BadRequest, "validation_failed");

        Assert.That(answer.ErrorFields, Is.EqualTo(new[] { field }));
    }

    [Test]
    public async Task Looks_at_ten_thousand_events_at_most()
    {
        using var service = Service.On(StoreKind.Sqlite);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={service.File}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                WITH numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10001)
                INSERT INTO events (action, at, issueId, __v, changed, recordedAt) SELECT 'created', 0, 1600001, 0, '', 0 FROM numbers;
                INSERT INTO events (action, at, issueId, __v, changed, recordedAt) VALUES ('edited', 0, 1600001, 0, '', 0);
                """;
            command.ExecuteNonQuery();
        }

        Assert.That(await SequencesAsync(service, "?type=order_issue.edited&wait=30"), Is.EqualTo(", next 10000"));
        Assert.That(await SequencesAsync(service, "?type=order_issue.edited&after=10000"), Is.EqualTo("10002, next 10002"));
    }

    /// <summary>Reads once there are so many events.</summary>
    private static async Task<Answer> GetAsync(Service service, int count)
    {
        for (var after = 0; after < count; after++)
        {
            (await service.Api.GetAsync($"{Path}?after={after}&wait=30")).Succeeded();
        }

        return (await service.Api.GetAsync(Path)).Succeeded();
    }

    private static async Task<string> SequencesAsync(Service service, string query)
    {
        var body = (await service.Api.GetAsync(Path + query)).Succeeded().Body;
        return $"{string.Join(' ', body["data"]!.AsArray().Select(told => told!["sequence"]))}, next {body["page"]!["next"]}";
    }
}
