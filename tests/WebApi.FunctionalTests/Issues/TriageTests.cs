using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

/// <summary>Who works on an issue, until when, what it is about, whose fault it is and what it costs.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class TriageTests(StoreKind store)
{
    private readonly FakeTimeProvider time = new(IssueFactory.Now);
    private Service? service;

    private Api Api => service!.Api;

    [SetUp]
    public void Start() => service = Service.On(
        store,
        time,
        ("Issues:Types:0:Name", "wrong item"), ("Issues:Types:0:Synonyms", "Wrong Product, mix-up"),
        ("Issues:Types:1:Name", "damaged"),
        ("Issues:DueHours:0:Type", "Damaged"), ("Issues:DueHours:0:Hours", "48"));

    [TearDown]
    public void Stop() => service?.Dispose();

    [TestCase("Wrong-Item", "wrong item")]
    [TestCase("wrongproduct", "wrong item")]
    [TestCase("MIX_UP", "wrong item")]
    public async Task A_synonym_is_stored_as_its_type(string sent, string stored)
    {
        var issue = await CreateAsync(("issueType", sent));

        Assert.That((string?)issue["issueType"], Is.EqualTo(stored));
        await PatchAsync(issue, """{ "issueType": "damaged" }""");
        Assert.That((string?)(await PatchAsync(issue, $$"""{ "issueType": "{{sent}}" }""")).Data["issueType"], Is.EqualTo(stored));
    }

    [Test]
    public async Task A_type_that_is_not_among_them_is_refused()
    {
        var refused = (await Api.CreateAsync(Body(("issueType", "lost")))).Failed(HttpStatusCode.BadRequest, "validation_failed");

        Assert.That(refused.Body["errors"]!["issueType"]![0]!.ToString(), Is.EqualTo("must be one of: wrong item, damaged"));
    }

    [Test]
    public async Task Is_due_by_its_type_unless_something_else_is_said()
    {
        Assert.That((string?)(await CreateAsync(("issueType", "DAMAGED")))["dueAt"], Is.EqualTo("2025-11-22T10:00:00.000Z"));
        Assert.That((string?)(await CreateAsync(("issueType", "damaged"), ("dueAt", "")))["dueAt"], Is.EqualTo("2025-11-22T10:00:00.000Z"));
        Assert.That((string?)(await CreateAsync(("issueType", "damaged"), ("dueAt", "2025-12-01")))["dueAt"], Is.EqualTo("2025-12-01T00:00:00.000Z"));
        Assert.That(await CreateAsync(("issueType", "damaged"), ("dueAt", null)), Does.Not.ContainKey("dueAt"));

        var other = await CreateAsync(("issueType", "wrong item"));
        Assert.That(other, Does.Not.ContainKey("dueAt"));
        Assert.That((await PatchAsync(other, """{ "issueType": "damaged" }""")).Data, Does.Not.ContainKey("dueAt"), "Only at the creation");
    }

    [Test]
    public async Task Tells_the_words_that_fields_may_have()
    {
        var any = (await Shared.On(store).GetAsync("/api/order-issue/vocabulary")).Succeeded().Data;
        Assert.That(any["statuses"]!.ToJsonString(), Is.EqualTo(
            """[{"status":"open","resolved":false},{"status":"pending","resolved":false},{"status":"done","resolved":true}]"""));
        Assert.That(((bool)any["anyStatus"]!, (bool)any["anyType"]!, any["types"]!.ToJsonString()), Is.EqualTo((true, true, "[]")));

        using var strict = service!.Another(others: [("Issues:Statuses", "open, closed"), ("Issues:ResolvedStatuses", "closed")]);
        var configured = (await strict.Api.GetAsync("/api/order-issue/vocabulary")).Succeeded().Data;
        Assert.That(configured["statuses"]!.ToJsonString(), Is.EqualTo("""[{"status":"open","resolved":false},{"status":"closed","resolved":true}]"""));
        Assert.That(((bool)configured["anyStatus"]!, (bool)configured["anyType"]!), Is.EqualTo((false, false)));
        Assert.That(configured["types"]!.ToJsonString(), Is.EqualTo("""["wrong item","damaged"]"""));
    }

    [TestCase("""1""", "low")]
    [TestCase("""2""", null)]
    [TestCase("""3""", "high")]
    [TestCase("""4""", "urgent")]
    [TestCase(""" "Urgent" """, "urgent")]
    [TestCase(""" "normal" """, null)]
    public async Task Takes_the_priority_as_Freshdesk_numbers_it_too(string sent, string? stored)
    {
        var issue = await CreateAsync(("priority", JsonNode.Parse(sent)));

        Assert.That((string?)issue["priority"], Is.EqualTo(stored));
        await PatchAsync(issue, """{ "priority": "high" }""");
        Assert.That((string?)(await PatchAsync(issue, $$"""{ "priority": {{sent}} }""")).Data["priority"], Is.EqualTo(stored));
    }

    [Test]
    public async Task A_cost_is_whole_after_each_change()
    {
        var issue = await CreateAsync(("cost", JsonNode.Parse("""{ "amount": 20, "currency": "usd" }""")));

        Assert.That((await PatchAsync(issue, """{ "cost": { "amount": 0.5 } }""")).Data["cost"]!.ToJsonString(), Is.EqualTo("""{"amount":0.5,"currency":"USD"}"""));
        var broken = (await PatchAsync(issue, """{ "cost": { "currency": null } }""")).Failed(HttpStatusCode.BadRequest, "validation_failed");
        Assert.That(broken.ErrorFields, Is.EqualTo(new[] { "cost" }));
        Assert.That((await PatchAsync(issue, """{ "cost": null }""")).Succeeded().Data, Does.Not.ContainKey("cost"));
        (await PatchAsync(issue, """{ "cost": { "amount": 1 } }""")).Failed(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Test]
    public async Task Lists_what_is_overdue_once_time_has_passed_and_goes_on_by_the_cursor_meanwhile()
    {
        var issues = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            issues.Add((string)(await CreateAsync(("issueType", "damaged")))["issueId"]!);
        }

        Assert.That((await Api.GetAsync("/api/order-issue?overdue=true")).Issues, Is.Empty);
        time.Advance(TimeSpan.FromHours(49));
        await Api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{issues[1]}", """{ "status": "done" }""");

        const string Path = "/api/order-issue?overdue=true&olderThanHours=48&sort=dueAt&limit=1&count=true";
        var first = (await Api.GetAsync(Path)).Succeeded();
        time.Advance(TimeSpan.FromSeconds(1));
        var second = (await Api.GetAsync($"{Path}&cursor={first.Body["page"]!["nextCursor"]}")).Succeeded();

        Assert.That((int)first.Body["page"]!["total"]!, Is.EqualTo(2));
        Assert.That(first.Issues.Concat(second.Issues).Select(issue => (string)issue!["issueId"]!), Is.EqualTo(new[] { issues[0], issues[2] }));
        Assert.That((await Api.GetAsync("/api/order-issue?overdue=false")).Issues.Select(issue => (string)issue!["issueId"]!), Is.EqualTo(new[] { issues[1] }));
        Assert.That((await Api.GetAsync("/api/order-issue/stats?groupBy=issueType&overdue=true")).Data["issues"]!.ToString(), Is.EqualTo("2"));
    }

    [TestCase("overdue=yes", "overdue")]
    [TestCase("olderThanHours=0", "olderThanHours")]
    [TestCase("olderThanHours=1.5", "olderThanHours")]
    [TestCase("olderThanHours=87601", "olderThanHours")]
    [TestCase("dueFrom=2025-02-01&dueTo=2025-01-01", "dueFrom")]
    [TestCase("tag=a,b", "tag")]
    public async Task Refuses_filters_that_mean_nothing(string query, string field) =>
        Assert.That((await Api.GetAsync($"/api/order-issue?{query}")).Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields, Is.EqualTo(new[] { field }));

    [Test]
    public async Task Finds_and_counts_by_each_field()
    {
        var issue = await CreateAsync(
            ("assignee", "Kim"), ("tags", new JsonArray("VIP", "late")), ("priority", "urgent"), ("fault", "carrier"),
            ("cost", JsonNode.Parse("""{ "amount": 0.1, "currency": "EUR" }""")));
        await CreateAsync(("cost", JsonNode.Parse("""{ "amount": 0.2, "currency": "EUR" }""")));

        foreach (var filter in new[] { "assignee=KIM", "tag=vip", "tag=Late", "priority=URGENT", "fault=carrier", "priority=urgent&priority=low" })
        {
            Assert.That((await Api.GetAsync($"/api/order-issue?{filter}")).Issues.Select(found => (string)found!["issueId"]!), Is.EqualTo(new[] { (string)issue["issueId"]! }), filter);
        }

        foreach (var filter in new[] { "assignee=", "tag=", "priority=normal", "priority=", "fault=" })
        {
            Assert.That((await Api.GetAsync($"/api/order-issue?{filter}")).Issues.Select(found => (string)found!["issueId"]!), Is.EqualTo(new[] { "1600002" }), filter);
        }

        var byTag = (await Api.GetAsync("/api/order-issue/stats?groupBy=tag")).Data;
        Assert.That(byTag["cost"]!.ToJsonString(), Is.EqualTo("""[{"amount":0.3,"currency":"EUR"}]"""));
        Assert.That(byTag["groups"]!.AsArray().Select(group => (string?)group!["key"]), Is.EqualTo(new[] { "late", "vip", null }));
    }

    private static JsonObject Body(params (string Name, JsonNode? Value)[] fields)
    {
        var body = new JsonObject { ["OrderId"] = "A-1", ["source"] = "email", ["issueType"] = "wrong item" };
        foreach (var (name, value) in fields)
        {
            body[name] = value;
        }

        return body;
    }

    private async Task<JsonObject> CreateAsync(params (string Name, JsonNode? Value)[] fields) =>
        (await Api.CreateAsync(Body(fields))).Succeeded(HttpStatusCode.Created).Data;

    private Task<Answer> PatchAsync(JsonObject issue, string patch) =>
        Api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{issue["issueId"]}", patch);
}
