using System.Net;
using System.Text.Json.Nodes;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using OrderIssues.WebApi.FunctionalTests.Issues.Exports;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

/// <summary>The service takes over what the Node service wrote, and runs beside it: docs/coming-from-mongoose.md as tests.</summary>
public sealed class MongooseTests
{
    private Service? service;

    private Api Api => service!.Api;

    private MongooseService Node => new(service!.MongoDb!);

    [SetUp]
    public async Task Start()
    {
        await MongooseService.RequireAsync();
        service = Service.On(StoreKind.MongoDb);
    }

    [TearDown]
    public void Stop() => service?.Dispose();

    [Test]
    public async Task Every_route_works_on_what_Mongoose_wrote()
    {
        var older = await Node.DoAsync("create", Body("A-1"));
        var newer = await Node.DoAsync("create", Body("A-1"));

        var read = (await Api.GetAsync($"/api/order-issue/{older["issueId"]}")).Succeeded();
        foreach (var field in new[] { "_id", "issueId", "OrderId", "status", "createdAt", "updatedAt", "__v", "trackingNumber" })
        {
            Assert.That(read.Data[field]?.ToJsonString(), Is.EqualTo(older[field]?.ToJsonString()), field);
        }

        Assert.That(read.Data["items"]!.ToJsonString(), Is.EqualTo("""[{"sku":"MUG","qty":2}]"""));
        var done = (await Api.PutAsync("/api/order-issue/update/A-1", """{ "status": "done" }""")).Succeeded();
        Assert.That(done.IssueId, Is.EqualTo((string?)newer["issueId"]));
        (await Api.PutAsync($"/api/order-issue/discussion/A-1?issueId={newer["issueId"]}", """{ "username": "Jane", "message": "Hello" }""")).Succeeded();

        var stored = (await Node.DoAsync("find", new JsonObject { ["issueId"] = (string?)newer["issueId"] }))[0]!;
        Assert.That((string?)stored["status"], Is.EqualTo("done"));
        Assert.That((string?)stored["issueResolvedAt"], Is.EqualTo((string?)done.Data["issueResolvedAt"]));
        Assert.That((string?)stored["discussion"]![0]!["message"], Is.EqualTo("Hello"));
        Assert.That(stored["items"]!.ToJsonString(), Is.EqualTo(newer["items"]!.ToJsonString()), "with the ids that Mongoose gave them");
        var created = (await Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);
        Assert.That(int.Parse(created.IssueId, null), Is.EqualTo(int.Parse((string)newer["issueId"]!, null) + 1));
    }

    [Test]
    public async Task What_Mongoose_writes_is_told_as_an_event_within_ten_seconds()
    {
        var created = (await Api.CreateAsync(Api.Minimal("A-1"))).Succeeded(HttpStatusCode.Created);
        (await Api.GetAsync("/api/issue-event?after=0&wait=30")).Succeeded();

        // The first sweep begins the log, and the next one comes after five seconds.
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        await Node.DoAsync("update", new JsonObject { ["OrderId"] = "A-1", ["status"] = "done" });
        var answer = (await Api.GetAsync("/api/issue-event?after=1&wait=10")).Succeeded();

        var told = answer.Body["data"]!.AsArray().Single()!;
        Assert.That((string?)told["type"], Is.EqualTo("order_issue.edited"));
        Assert.That(
            ((string?)told["data"]!["issueId"], (string?)told["data"]!["status"], told["data"]!["changed"]!.ToJsonString()),
            Is.EqualTo((created.IssueId, "done", """["unknown"]""")));
    }

    [Test]
    public async Task Mongoose_works_on_what_the_service_wrote()
    {
        var created = (await Api.CreateAsync(Api.Minimal("A-1"))).Succeeded(HttpStatusCode.Created);

        await Node.DoAsync("update", new JsonObject { ["OrderId"] = "A-1", ["status"] = "done" });
        await Node.DoAsync("discussion", new JsonObject { ["OrderId"] = "A-1", ["username"] = "Node", ["message"] = "Hi" });

        var read = (await Api.GetAsync($"/api/order-issue/{created.IssueId}")).Succeeded();
        Assert.That((string?)read.Data["status"], Is.EqualTo("done"));
        Assert.That((string?)read.Data["discussion"]![0]!["userName"], Is.EqualTo("Node"));
        Assert.That(read.Headers.ETag, Is.Not.EqualTo(created.Headers.ETag), "Mongoose moves updatedAt");
        var reopened = (await Api.PutAsync("/api/order-issue/update/A-1", """{ "status": "open" }""")).Succeeded();
        Assert.That(reopened.Data.ContainsKey("issueResolvedAt"), Is.False);
    }

    [Test]
    public async Task Mongoose_leaves_alone_what_its_schema_does_not_name()
    {
        var created = (await Api.CreateAsync(Export.FullIssue())).Succeeded(HttpStatusCode.Created);

        await Node.DoAsync("update", new JsonObject { ["OrderId"] = "A-1", ["status"] = "pending" });
        await Node.DoAsync("discussion", new JsonObject { ["OrderId"] = "A-1", ["username"] = "Node", ["message"] = "Hi" });
        await Node.DoAsync("save", new JsonObject { ["OrderId"] = "A-1", ["notes"] = "saved" });

        var read = (await Api.GetAsync($"/api/order-issue/{created.IssueId}")).Succeeded().Data;
        Assert.That(((string?)read["notes"], (string?)read["status"]), Is.EqualTo(("saved", "pending")));
        foreach (var field in new[] { "assignee", "tags", "priority", "dueAt", "fault", "cost" })
        {
            Assert.That(read[field]!.ToJsonString(), Is.EqualTo(created.Data[field]!.ToJsonString()), field);
        }
    }

    [Test]
    public async Task What_Mongoose_writes_to_a_merged_issue_reaches_the_one_that_took_over_once()
    {
        // A plain Mongoose update picks the oldest issue of an order.
        var source = (string)(await Node.DoAsync("create", Body("A-1")))["issueId"]!;
        var into = (await Api.CreateAsync(Api.Minimal("A-1"))).Succeeded(HttpStatusCode.Created).IssueId;
        await Node.DoAsync("discussion", new JsonObject { ["OrderId"] = "A-1", ["username"] = "Node", ["message"] = "Before" });
        await Api.PostAsync($"/api/order-issue/{source}/merge", $$"""{ "into": "{{into}}" }""");
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);

        await Node.DoAsync("discussion", new JsonObject { ["OrderId"] = "A-1", ["username"] = "Node", ["message"] = "After" });
        await Node.DoAsync("save", new JsonObject { ["OrderId"] = "A-1", ["notes"] = "saved" });
        JsonObject read;
        for (var i = 0; (read = (await Api.GetAsync($"/api/order-issue/{into}")).Data)["discussion"]!.AsArray().Count < 2 && i < 60; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }

        Assert.That(
            read["discussion"]!.AsArray().Select(message => ((string?)message!["message"], (string?)message["fromIssueId"])),
            Is.EqualTo(new[] { ("Before", source), ("After", source) }));
        var merged = (await Api.GetAsync($"/api/order-issue/{source}")).Data;
        Assert.That(((string?)merged["mergedInto"], (string?)merged["notes"]), Is.EqualTo((into, "saved")), "save() leaves the mark alone");
    }

    [Test]
    public async Task A_plain_Mongoose_update_picks_the_oldest_issue_of_an_order()
    {
        var older = (await Api.CreateAsync(Api.Minimal("A-1"))).IssueId;
        await Api.CreateAsync(Api.Minimal("A-1"));

        Assert.That((string?)(await Node.DoAsync("update", new JsonObject { ["OrderId"] = "A-1", ["status"] = "done" }))["issueId"], Is.EqualTo(older));
    }

    [Test]
    public async Task Both_count_with_one_counter()
    {
        var node = Enumerable.Range(0, 4).Select(async _ => (string)(await Node.DoAsync("create", Body("A-1")))["issueId"]!);
        var ours = Enumerable.Range(0, 60).Select(async _ => (await Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created).IssueId);

        var numbers = await Task.WhenAll(node.Concat(ours));

        Assert.That(numbers.Select(number => int.Parse(number, null)).Order(), Is.EqualTo(Enumerable.Range(1_600_001, 64)));
    }

    [Test]
    public async Task Mongoose_shows_the_history_unless_its_schema_hides_it()
    {
        await Api.CreateAsync(Api.Minimal());

        Assert.That((await Node.DoAsync("find", new JsonObject()))[0]!.AsObject().ContainsKey("_history"), Is.True);
        Assert.That((await Node.DoAsync("findHidden", new JsonObject()))[0]!.AsObject().ContainsKey("_history"), Is.False);
        Assert.That((await Node.DoAsync("lean", new JsonObject()))[0]!.AsObject().ContainsKey("_history"), Is.True);
    }

    private static JsonObject Body(string orderId) => new()
    {
        ["OrderId"] = orderId,
        ["source"] = "email",
        ["issueType"] = "damaged",
        ["items"] = new JsonArray(new JsonObject { ["sku"] = "MUG", ["qty"] = 2 }),
        ["trackingNumber"] = new JsonArray("T1"),
    };
}
