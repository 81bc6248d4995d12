using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Privacy;

/// <summary>What is kept about a customer, and how it is erased.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class CustomerDataTests(StoreKind store)
{
    private const string Erase = "/api/customer-data/erase";
    private const string Export = "/api/customer-data/export";
    // MongoDB deletes records that have expired by its own clock.
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private Service? service;

    private Api Api => service!.Api;

    [SetUp]
    public void Start() => service = Service.On(store, time);

    [TearDown]
    public void Stop() => service?.Dispose();

    [Test]
    public async Task Erases_a_customer_from_the_issue_its_history_and_searches()
    {
        var issue = await ReportAsync("Josh Qxvendel", "josh@example.com");
        var id = (string)issue["issueId"]!;
        await PatchAsync(id, """{ "customerEmail": "Josh@Work.example", "notes": "Lives in Qxburg" }""");
        await SayAsync(issue, "Call me at Qxvendel's");
        Assert.That(await CountAsync("qxvendel"), Is.EqualTo(1));

        var entry = await EraseAsync("""{ "email": "JOSH@work.EXAMPLE", "reason": "Request of the customer", "by": "Kim Lead" }""");

        Assert.That(entry.ToJsonString(), Is.EqualTo($$"""[{"issueId":"{{id}}","ok":true,"erased":true}]"""));
        var erased = (await Api.GetAsync($"/api/order-issue/{id}")).Succeeded().Data.AsObject();
        Assert.That(erased, Does.Not.ContainKey("customerName").And.Not.ContainKey("customerEmail"));
        Assert.That((string?)erased["notes"], Is.EqualTo("[erased]"));
        Assert.That(erased["discussion"]![0]!["message"]!.ToString(), Is.EqualTo("[erased]"));
        Assert.That(erased["discussion"]![0]!["userName"]!.ToString(), Is.EqualTo("Kim"));
        Assert.That(((string?)erased["OrderId"], (string?)erased["picker"]), Is.EqualTo(((string?)issue["OrderId"], "Pat")));

        var history = (await Api.GetAsync($"/api/order-issue/{id}/history")).Succeeded().Body["data"]!.AsArray();
        Assert.That(history[1]!["changes"]!.ToJsonString(), Is.EqualTo(
            """[{"field":"customerEmail","from":"[erased]","to":"[erased]"},{"field":"notes","from":"[erased]","to":"[erased]"}]"""));
        Assert.That(history[3]!.ToJsonString(), Does.Contain("\"action\":\"erased\",\"reason\":\"Request of the customer\""));
        Assert.That((string?)history[3]!["by"], Is.EqualTo("Kim Lead"));
        Assert.That(
            history[3]!["changes"]!.AsArray().Select(change => change!.ToJsonString()),
            Is.EquivalentTo(new[] { "customerName", "customerEmail", "notes", "discussion" }.Select(field => $$"""{"field":"{{field}}"}""")));

        var told = (await Api.GetAsync("/api/issue-event?after=3&wait=5")).Succeeded().Body["data"]![0]!;
        Assert.That((string?)told["type"], Is.EqualTo("order_issue.erased"));
        Assert.That((int)told["data"]!["version"]!, Is.EqualTo((int)erased["__v"]!).And.EqualTo(3));
        Assert.That(told.ToJsonString(), Does.Not.Contain("Qx").And.Not.Contain("Josh"));
        Assert.That((await CountAsync("qxvendel"), await CountAsync("qxburg"), await CountAsync("josh")), Is.EqualTo((0, 0, 0)));
        Assert.That((await EraseAsync("""{ "email": "josh@work.example", "reason": "Again" }""")).Count, Is.Zero);
    }

    [Test]
    public async Task Erasing_again_does_no_harm_and_leaves_no_trace()
    {
        var issue = await ReportAsync("Josh", "josh@example.com");
        await SayAsync(issue, "Hello");
        var body = $$"""{ "issueIds": ["{{issue["issueId"]}}", "1", "{{issue["issueId"]}}"], "reason": "Request" }""";
        await EraseAsync(body);

        var again = await EraseAsync(body);

        Assert.That(again.ToJsonString(), Is.EqualTo(
            $$"""[{"issueId":"{{issue["issueId"]}}","ok":true,"erased":false},{"issueId":"1","ok":false,"code":"issue_not_found"}]"""));
        Assert.That((await Api.GetAsync($"/api/order-issue/{issue["issueId"]}/history")).Body["data"]!.AsArray(), Has.Count.EqualTo(3));

        await SayAsync(issue, "Once more");
        Assert.That((bool)(await EraseAsync(body))[0]!["erased"]!, Is.True, "What came since");
    }

    [Test]
    public async Task Texts_are_kept_where_that_is_asked_for()
    {
        var issue = await ReportAsync("Josh", "josh@example.com");
        await SayAsync(issue, "It arrived");

        await EraseAsync("""{ "email": "josh@example.com", "reason": "Request", "keepTexts": true }""");

        var erased = (await Api.GetAsync($"/api/order-issue/{issue["issueId"]}")).Data.AsObject();
        Assert.That(((string?)erased["notes"], (string?)erased["discussion"]![0]!["message"]), Is.EqualTo(("[erased]", "It arrived")));
        Assert.That(erased, Does.Not.ContainKey("customerName"));
    }

    [Test]
    public async Task An_issue_that_had_the_address_before_keeps_its_present_customer()
    {
        var issue = await ReportAsync("Qxjosh", "qxjosh@example.com");
        await PatchAsync((string)issue["issueId"]!, """{ "customerEmail": "Mary@example.com", "customerName": "Mary" }""");

        Assert.That(await EraseAsync("""{ "email": "QXJOSH@example.com", "reason": "Request" }"""), Has.Count.EqualTo(1));

        var kept = (await Api.GetAsync($"/api/order-issue/{issue["issueId"]}")).Data;
        Assert.That(
            ((string?)kept["customerName"], (string?)kept["customerEmail"], (string?)kept["notes"]), Is.EqualTo(("Mary", "Mary@example.com", "Fragile")));
        Assert.That((await Api.GetAsync($"/api/order-issue/{issue["issueId"]}/history")).Text, Does.Not.Contain("Qxjosh").IgnoreCase);
    }

    [Test]
    public async Task An_issue_that_had_the_address_before_and_has_none_now_is_the_customers([Values] bool keepsTexts)
    {
        var issue = await ReportAsync("Qxjosh", "qxjosh@example.com");
        await SayAsync(issue, "Qxtext");
        await PatchAsync((string)issue["issueId"]!, """{ "customerEmail": null }""");

        await EraseAsync($$"""{ "email": "QXJOSH@example.com", "reason": "Request", "keepTexts": {{(keepsTexts ? "true" : "false")}} }""");

        var erased = (await Api.GetAsync($"/api/order-issue/{issue["issueId"]}")).Data;
        Assert.That(erased.AsObject(), Does.Not.ContainKey("customerName"));
        Assert.That(
            ((string?)erased["notes"], (string?)erased["discussion"]![0]!["message"]), Is.EqualTo(("[erased]", keepsTexts ? "Qxtext" : "[erased]")));
        Assert.That((await Api.GetAsync($"/api/order-issue/{issue["issueId"]}/history")).Text, Does.Not.Contain("Qxjosh").IgnoreCase);
    }

    [Test]
    public async Task Exports_all_that_is_kept_about_a_customer()
    {
        var first = await ReportAsync("Josh", "josh@example.com");
        await SayAsync(first, "Hello");
        await ReportAsync("Josh", "JOSH@example.com");
        await ReportAsync("Mary", "mary@example.com");

        var export = (await Api.PostAsync(Export, """{ "email": "Josh@Example.com" }""")).Succeeded().Data;

        Assert.That(((string?)export["email"], (DateTimeOffset)export["at"]! > time.GetUtcNow().AddSeconds(-1)), Is.EqualTo(("Josh@Example.com", true)));
        Assert.That(
            export["issues"]!.AsArray().Select(issue => (string?)issue!["issue"]!["customerEmail"]),
            Is.EqualTo(new[] { "josh@example.com", "JOSH@example.com" }));
        Assert.That((string?)export["issues"]![0]!["issue"]!["discussion"]![0]!["message"], Is.EqualTo("Hello"));
        Assert.That(export["issues"]![0]!["history"]!.AsArray().Select(entry => (string?)entry!["action"]), Is.EqualTo(new[] { "created", "messageAdded" }));
        Assert.That((await Api.PostAsync(Export, """{ "email": "nobody@example.com" }""")).Data["issues"]!.AsArray(), Is.Empty);
    }

    [TestCase("""{ "reason": "R" }""", "email", "is required, or issueIds instead, but not both")]
    [TestCase("""{ "email": "a@b.c", "issueIds": ["1"], "reason": "R" }""", "email", "is required, or issueIds instead, but not both")]
    [TestCase("""{ "issueIds": [], "reason": "R" }""", "issueIds", "must have 1 to 1,000 elements")]
    [TestCase("""{ "email": "a@b.c" }""", "reason", "is required")]
    [TestCase("""{ "email": "a@b.c", "reason": " " }""", "reason", "is required")]
    [TestCase("""{ "email": " ", "reason": "R" }""", "email", "is required, or issueIds instead, but not both")]
    [TestCase("""{ "email": "a@\u0000", "reason": "R" }""", "email", "must not contain control characters")]
    [TestCase("""{ "email": "a@b.c", "reason": "\u0007" }""", "reason", "must not contain control characters")]
    [TestCase("""{ "email": "a@b.c", "reason": "R", "by": "\n\u0000" }""", "by", "must not contain control characters")]
    [TestCase("""{ "email": "nobody", "reason": "R" }""", "email", "must be an e-mail address")]
    [TestCase("""{ "email": "a@b.c", "reason": "R", "keeptexts": true }""", "keeptexts", "isn't known here")]
    [TestCase("""{ "email": "a@b.c", "reason": "R", "dryRun": true }""", "dryRun", "isn't known here")]
    [TestCase("""{ "issueIds": [null], "reason": "R" }""", "issueIds[0]", "is required")]
    [TestCase("""{ "issueIds": ["123456789012345678901"], "reason": "R" }""", "issueIds[0]", "must be at most 20 characters long")]
    public async Task A_request_that_is_not_clear_erases_nothing(string body, string field, string rule) =>
        Assert.That(
            (await Api.PostAsync(Erase, body)).Failed(HttpStatusCode.BadRequest, "validation_failed").Body["errors"]![field]![0]!.ToString(),
            Is.EqualTo(rule));

    [TestCase("nobody")]
    [TestCase("@")]
    [TestCase("a b@c.d")]
    public async Task Exports_by_an_address_alone(string email) =>
        Assert.That(
            (await Api.PostAsync(Export, $$"""{ "email": "{{email}}" }""")).Failed(HttpStatusCode.BadRequest, "validation_failed").Body["errors"]!.ToJsonString(),
            Is.EqualTo("""{"email":["must be an e-mail address"]}"""));

    [TestCase("""{ "email": ["a@b.c"], "reason": "R" }""")]
    [TestCase("""{ "email": { "$gt": "" }, "reason": "R" }""")]
    [TestCase("""{ "issueIds": { "$gt": "" }, "reason": "R" }""")]
    [TestCase("""{ "issueIds": [["1"]], "reason": "R" }""")]
    [TestCase("""{ "email": "a@b.c", "reason": "R", "keepTexts": "yes" }""")]
    [TestCase("[]")]
    public async Task A_body_of_other_types_is_refused(string body) =>
        (await Api.PostAsync(Erase, body)).Failed(HttpStatusCode.BadRequest, "malformed_body");

    [Test]
    public async Task A_replay_has_the_issue_as_it_is_then()
    {
        var create = await SendKeyedAsync(Body("Josh", "josh@example.com"));
        await EraseAsync("""{ "email": "josh@example.com", "reason": "Request" }""");

        var replay = await SendKeyedAsync(Body("Josh", "josh@example.com"));

        Assert.That((replay.Status, replay.IssueId), Is.EqualTo((HttpStatusCode.Created, create.IssueId)));
        Assert.That(replay.Headers.GetValues("Idempotency-Replayed").Single(), Is.EqualTo("true"));
        Assert.That(replay.Text, Does.Not.Contain("Josh"));
    }

    [Test]
    public async Task Data_is_erased_some_days_after_the_resolution()
    {
        var (resolved, open) = (await ReportAsync("Josh", "josh@example.com"), await ReportAsync("Mary", "mary@example.com"));
        await PatchAsync((string)resolved["issueId"]!, """{ "status": "done" }""");
        var merged = await ReportAsync("Ann", "ann@example.com", (string)open["OrderId"]!);
        (await Api.PostAsync($"/api/order-issue/{merged["issueId"]}/merge", $$"""{ "into": "{{open["issueId"]}}" }""")).Succeeded();
        time.Advance(TimeSpan.FromDays(31));
        using (var trial = service!.Another(null, ("Retention:CustomerDataDays", "30"), ("Retention:DryRun", "true")))
        {
            await WaitAsync(() => Task.FromResult(trial.Log.Lines.Any(line => line.Contains("Would erase customers' data of 1 issues"))));
            Assert.That(await NameOfAsync(resolved), Is.EqualTo("Josh"));
        }

        using var another = service.Another(null, ("Retention:CustomerDataDays", "30"));
        await WaitAsync(async () => await NameOfAsync(resolved) is null);

        Assert.That((await NameOfAsync(open), await NameOfAsync(merged)), Is.EqualTo(("Mary", "Ann")), "It goes on in the open one");
        var history = (await Api.GetAsync($"/api/order-issue/{resolved["issueId"]}/history")).Body["data"]!.AsArray();
        Assert.That((string?)history[^1]!["reason"], Is.EqualTo("Retention:CustomerDataDays = 30"));
    }

    [Test]
    public async Task By_age_messages_alone_are_erased_from_an_issue_that_was_merged_later()
    {
        var survivor = await ReportAsync("Josh", "josh@example.com", "A-aged");
        await PatchAsync((string)survivor["issueId"]!, """{ "status": "done" }""");
        time.Advance(TimeSpan.FromDays(20));
        var source = await ReportAsync("Ann", "ann@example.com", "A-aged");
        await SayAsync(source, "Hello");
        (await Api.PostAsync($"/api/order-issue/{source["issueId"]}/merge", $$"""{ "into": "{{survivor["issueId"]}}" }""")).Succeeded();
        time.Advance(TimeSpan.FromDays(11));

        using var another = service!.Another(null, ("Retention:CustomerDataDays", "30"));
        async Task<JsonObject> ReadAsync() => (await Api.GetAsync($"/api/order-issue/{source["issueId"]}")).Succeeded().Data;
        await WaitAsync(async () => (string?)(await ReadAsync())["discussion"]![0]!["message"] == "[erased]");

        var kept = await ReadAsync();
        Assert.That(
            ((string?)kept["customerName"], (string?)kept["customerEmail"], (string?)kept["notes"]), Is.EqualTo(("Ann", "ann@example.com", "Fragile")));
        Assert.That(await NameOfAsync(survivor), Is.Null);
    }

    [Test]
    public async Task What_another_program_wrote_is_erased_and_the_rest_of_it_stays()
    {
        if (store == StoreKind.Sqlite)
        {
            Assert.Ignore("No other program writes to SQLite.");
        }

        var uri = new MongoUrl(service!.MongoDb!);
        var issues = new MongoClient(uri).GetDatabase(uri.DatabaseName).GetCollection<BsonDocument>("orderissues");
        await issues.InsertOneAsync(BsonDocument.Parse("""
            {
              "issueId": 1234567, "OrderId": "A-1", "source": "email", "issueType": "damaged", "customerName": 4711,
              "customerEmail": "Josh@example.com ", "notes": ["Qx1", "Qx2"], "extra": { "kept": true },
              "discussion": [{ "userName": "Kim", "message": "Qx3", "seen": 1 }, "Qx4", { "userName": "Jo" }, null],
              "_history": [{ "at": "odd", "changes": "odd" }, { "changes": [{ "field": "notes", "from": "Qx5" }, "odd"] }]
            }
            """));

        await EraseAsync("""{ "email": "josh@example.com", "reason": "Request" }""");

        var stored = await issues.Find(FilterDefinition<BsonDocument>.Empty).SingleAsync();
        Assert.That(stored.ToJson(), Does.Not.Contain("Qx").And.Not.Contain("4711").And.Not.Contain("Josh"));
        Assert.That((stored["extra"].ToJson(), stored["discussion"][0]["seen"]), Is.EqualTo(("{ \"kept\" : true }", (BsonValue)1)));
        Assert.That((bool)(await EraseAsync("""{ "issueIds": ["1234567"], "reason": "Again" }"""))[0]!["erased"]!, Is.False);
    }

    private static JsonObject Body(string name, string email, string? orderId = null)
    {
        var body = Api.Minimal(orderId);
        (body["customerName"], body["customerEmail"], body["notes"], body["picker"]) = (name, email, "Fragile", "Pat");
        return body;
    }

    private async Task<JsonObject> ReportAsync(string name, string email, string? orderId = null) =>
        (await Api.CreateAsync(Body(name, email, orderId))).Succeeded(HttpStatusCode.Created).Data.AsObject();

    private async Task PatchAsync(string id, string patch) =>
        (await Api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{id}", patch)).Succeeded();

    private async Task SayAsync(JsonObject issue, string text) => (await Api.PutAsync(
        $"/api/order-issue/discussion/{issue["OrderId"]}", $$"""{ "username": "Kim", "message": "{{text}}" }""")).Succeeded();

    private async Task<JsonArray> EraseAsync(string body) => (await Api.PostAsync(Erase, body)).Succeeded().Body["data"]!.AsArray();

    private async Task<int> CountAsync(string text) =>
        (await Api.GetAsync($"/api/order-issue?q={text}")).Succeeded().Body["data"]!.AsArray().Count;

    private async Task<string?> NameOfAsync(JsonObject issue) =>
        (string?)(await Api.GetAsync($"/api/order-issue/{issue["issueId"]}")).Succeeded().Data["customerName"];

    private async Task<Answer> SendKeyedAsync(JsonObject body)
    {
        body["OrderId"] = "A-keyed";
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/order-issue/create")
        {
            Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", "key-1");
        return (await Api.SendAsync(request)).Succeeded(HttpStatusCode.Created);
    }

    /// <summary>Lets time pass until it is so.</summary>
    private async Task WaitAsync(Func<Task<bool>> isSo)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            Assert.That(tries, Is.LessThan(500));
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
