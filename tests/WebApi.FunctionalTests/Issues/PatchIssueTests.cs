using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class PatchIssueTests(StoreKind store)
{
    private const string Everything = """
        {
          "ticketId": 18363, "items": [{ "sku": " CUP ", "qty": "2" }], "trackingNumber": "TRK9", "picker": "P", "packer": "Q", "palletter": "R",
          "customerName": "Ann", "customerEmail": "ann@example.com", "issueType": "broken", "customerReachedAt": "2025-11-20T01:00:00+01:00",
          "shipped_at": "2025-11-18", "notes": "one\ntwo", "status": "Pending", "assignee": " Kim ", "tags": ["VIP", "late", "vip"], "priority": 3,
          "dueAt": "2025-11-22", "fault": "Carrier", "cost": { "amount": 12.50, "currency": "eur" }
        }
        """;

    private Api Api => Shared.On(store);

    [Test]
    public async Task Sets_every_field_that_can_be_changed_and_tells_of_it()
    {
        using var service = Service.On(store, new FakeTimeProvider(IssueFactory.Now));
        var created = await service.Api.CreateAsync(Api.Minimal("A-1"));

        var patched = (await service.Api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{created.IssueId}", Everything)).Succeeded();

        var expected = created.Data.DeepClone().AsObject();
        foreach (var (name, value) in JsonNode.Parse("""
            {
              "ticketId": "18363", "items": [{ "sku": "CUP", "qty": 2 }], "trackingNumber": ["TRK9"], "picker": "P", "packer": "Q", "palletter": "R",
              "customerName": "Ann", "customerEmail": "ann@example.com", "issueType": "broken", "customerReachedAt": "2025-11-20T00:00:00.000Z",
              "shipped_at": "2025-11-18T00:00:00.000Z", "notes": "one\ntwo", "status": "pending", "updatedAt": "2025-11-20T10:00:00.001Z", "__v": 1,
              "assignee": "Kim", "tags": ["vip", "late"], "priority": "high", "dueAt": "2025-11-22T00:00:00.000Z", "fault": "carrier",
              "cost": { "amount": 12.5, "currency": "EUR" }
            }
            """)!.AsObject())
        {
            expected[name] = value!.DeepClone();
        }

        Assert.That(JsonNode.DeepEquals(patched.Data, expected), Is.True, patched.Text);
        Assert.That((await service.Api.GetAsync($"/api/order-issue/{created.IssueId}")).Text, Is.EqualTo(patched.Text));
        Assert.That(patched.Headers.ETag, Is.Not.Null.And.Not.EqualTo(created.Headers.ETag));
        var entry = (await service.Api.GetAsync($"/api/order-issue/{created.IssueId}/history")).Body["data"]![1]!.ToJsonString();
        Assert.That(entry, Is.EqualTo(
            """
            {"at":"2025-11-20T10:00:00.000Z","action":"edited","changes":[{"field":"ticketId","to":"18363"},{"field":"items","from":[],"to":[{"sku":"CUP","qty":2}]},
            {"field":"trackingNumber","from":[],"to":["TRK9"]},{"field":"picker","to":"P"},{"field":"packer","to":"Q"},{"field":"palletter","to":"R"},
            {"field":"customerName","to":"Ann"},{"field":"customerEmail","to":"ann@example.com"},{"field":"issueType","from":"damaged","to":"broken"},
            {"field":"customerReachedAt","to":"2025-11-20T00:00:00.000Z"},{"field":"shipped_at","to":"2025-11-18T00:00:00.000Z"},
            {"field":"notes","to":"one\ntwo"},{"field":"status","from":"open","to":"pending"},{"field":"assignee","to":"Kim"},
            {"field":"tags","to":["vip","late"]},{"field":"priority","to":"high"},{"field":"dueAt","to":"2025-11-22T00:00:00.000Z"},
            {"field":"fault","to":"carrier"},{"field":"cost","to":{"amount":12.5,"currency":"EUR"}}]}
            """.ReplaceLineEndings("")));
    }

    [Test]
    public async Task Null_removes_what_need_not_be_there()
    {
        var created = await Api.CreateAsync(Api.Minimal());
        await PatchAsync(created, Everything);
        var names = JsonNode.Parse(Everything)!.AsObject().Select(field => field.Key).Except(["issueType"]).ToArray();

        var patched = (await PatchAsync(created, new JsonObject(names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, null))).ToJsonString())).Succeeded();

        Assert.That(patched.Data.Select(field => field.Key), Is.EquivalentTo(created.Data.Select(field => field.Key)));
        Assert.That(patched.Data["items"]!.ToJsonString() + patched.Data["trackingNumber"]!.ToJsonString(), Is.EqualTo("[][]"));
        Assert.That(((string?)patched.Data["status"], (string?)patched.Data["issueType"]), Is.EqualTo(("open", "broken")));
    }

    [Test]
    public async Task Resolves_and_reopens_as_an_update_of_the_status_does()
    {
        var created = await Api.CreateAsync(Api.Minimal());

        var done = (await PatchAsync(created, """{ "status": "DONE", "notes": "sent again" }""")).Succeeded();
        Assert.That((string?)done.Data["issueResolvedAt"], Is.Not.Null);
        Assert.That((await PatchAsync(created, """{ "status": "done", "notes": null }""")).Data["issueResolvedAt"]!.ToString(), Is.EqualTo((string?)done.Data["issueResolvedAt"]));
        Assert.That((await PatchAsync(created, """{ "status": null }""")).Succeeded().Data.ContainsKey("issueResolvedAt"), Is.False);
    }

    [TestCase("""{ "status": "open", "issueType": " damaged ", "picker": null, "items": [], "trackingNumber": null, "notes": "" }""")]
    public async Task Leaves_no_trace_where_nothing_changes(string patch)
    {
        var created = await Api.CreateAsync(Api.Minimal());

        var patched = (await PatchAsync(created, patch)).Succeeded();

        Assert.That((patched.Text, patched.Headers.ETag), Is.EqualTo((created.Text, created.Headers.ETag)));
        Assert.That((await Api.GetAsync($"/api/order-issue/{created.IssueId}/history")).Body["data"]!.AsArray(), Has.Count.EqualTo(1));
    }

    /// <summary>A credential that may only write reads no issue this way.</summary>
    [TestCase("{}")]
    [TestCase("""{ "by": "Jane" }""")]
    public async Task Refuses_a_patch_without_fields(string patch) =>
        (await PatchAsync(await Api.CreateAsync(Api.Minimal()), patch)).Failed(HttpStatusCode.BadRequest, "validation_failed");

    [TestCase("""{ "picker": "Jim", "customerEmail": "", "status": "", "notes": "", "shipped_at": "", "items": "", "trackingNumber": "" }""")]
    public async Task Takes_empty_texts_for_none(string patch)
    {
        var body = Api.Minimal();
        foreach (var (name, value) in new[] { ("customerEmail", "a@b.example"), ("status", "pending"), ("notes", "n"), ("shipped_at", "2025-11-20"), ("trackingNumber", "T") })
        {
            body[name] = value;
        }

        body["items"] = new JsonArray(new JsonObject { ["sku"] = 5, ["qty"] = " 2 " });

        var patched = (await PatchAsync((await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created), patch)).Succeeded().Data;

        Assert.That(patched.Select(field => field.Key), Has.No.Member("customerEmail").And.No.Member("notes").And.No.Member("shipped_at"));
        Assert.That($"{patched["status"]} {patched["items"]!.ToJsonString()} {patched["trackingNumber"]!.ToJsonString()}", Is.EqualTo("open [] []"));
    }

    [Test]
    public async Task Names_who_changed_it()
    {
        var created = await Api.CreateAsync(Api.Minimal());

        (await PatchAsync(created, """{ "picker": "P", "by": " Jane " }""")).Succeeded();

        var history = (await Api.GetAsync($"/api/order-issue/{created.IssueId}/history")).Body["data"]!.AsArray();
        Assert.That((string?)history[1]!["by"], Is.EqualTo("Jane"));
    }

    [TestCase("""{ "OrderId": "B", "_id": null, "picker": "P" }""", "OrderId", "_id")]
    [TestCase("""{ "issueId": "1", "__v": 7, "createdAt": null, "updatedAt": null, "issueResolvedAt": null, "discussion": [] }""",
        "issueId", "__v", "createdAt", "updatedAt", "issueResolvedAt", "discussion")]
    [TestCase("""{ "source": "email", "channel": "email", "createdBy": "x", "by": "x" }""", "source", "channel", "createdBy")]
    [TestCase("""{ "Status": "done", "a.b[0]": { "$set": 1 }, "": 1, "__proto__": {} }""", "Status", "a.b[0]", "", "__proto__")]
    [TestCase("""{ "items": [{ "sku": "a", "qty": -1 }], "items[0].qty": 1, "trackingNumber": [""], "trackingNumber[0]": 2 }""", "items[0].qty", "trackingNumber[0]")]
    [TestCase("""{ "issueType": null }""", "issueType")]
    [TestCase("""{ "issueType": " ", "status": "!", "customerEmail": "x", "nonsense": [1] }""", "issueType", "status", "customerEmail", "nonsense")]
    [TestCase("""{ "items": [{ "sku": "", "qty": 0 }, null], "trackingNumber": [null], "shipped_at": "soon" }""",
        "items[0].sku", "items[0].qty", "items[1]", "trackingNumber[0]", "shipped_at")]
    public async Task Names_every_field_that_is_wrong_and_changes_nothing(string patch, params string[] fields)
    {
        var created = await Api.CreateAsync(Api.Minimal());

        Assert.That((await PatchAsync(created, patch)).Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields, Is.EquivalentTo(fields));

        Assert.That((await Api.GetAsync($"/api/order-issue/{created.IssueId}")).Text, Is.EqualTo(created.Text));
    }

    [TestCase("freshdesk-us", "email")]
    [TestCase("email", "tiktok")]
    public async Task An_issue_from_a_ticket_system_keeps_a_ticket(string source, string channel)
    {
        var body = Api.Minimal();
        (body["source"], body["channel"], body["ticketId"]) = (source, channel, "1");
        var created = (await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created);

        foreach (var none in new[] { "null", "\" \"" })
        {
            var refused = (await PatchAsync(created, $$"""{ "ticketId": {{none}}, "picker": "P" }""")).Failed(HttpStatusCode.BadRequest, "validation_failed");
            Assert.That(refused.ErrorFields, Is.EqualTo(new[] { "ticketId" }));
        }

        Assert.That((string?)(await PatchAsync(created, """{ "ticketId": "2" }""")).Succeeded().Data["ticketId"], Is.EqualTo("2"));
    }

    [Test]
    public async Task Takes_the_media_type_of_merge_patches()
    {
        var created = await Api.CreateAsync(Api.Minimal());
        var content = new StringContent("""{ "notes": "x" }""", Encoding.UTF8, "application/merge-patch+json");

        var patched = await Api.SendAsync(new HttpRequestMessage(HttpMethod.Patch, $"/api/order-issue/{created.IssueId}") { Content = content });

        Assert.That((string?)patched.Succeeded().Data["notes"], Is.EqualTo("x"));
    }

    [Test]
    public async Task Is_found_by_what_it_became_and_no_longer_by_what_it_was()
    {
        var body = Api.Minimal();
        var (before, after) = ($"before-{Guid.NewGuid():N}", $"after-{Guid.NewGuid():N}");
        (body["items"], body["trackingNumber"], body["notes"]) = (Items(before), before, before);
        var created = await Api.CreateAsync(body);
        await Api.PutAsync($"/api/order-issue/discussion/{body["OrderId"]}", """{ "username": "John", "message": "unforgettable" }""");

        await PatchAsync(created, new JsonObject { ["items"] = Items(after), ["trackingNumber"] = after, ["notes"] = after }.ToJsonString());

        foreach (var filter in new[] { "sku", "trackingNumber", "q" })
        {
            Assert.That((await Api.GetAsync($"/api/order-issue?{filter}={before}")).Body["data"]!.AsArray(), Is.Empty, filter);
            Assert.That((await Api.GetAsync($"/api/order-issue?{filter}={after}")).Body["data"]!.AsArray(), Has.Count.EqualTo(1), filter);
        }

        Assert.That((await Api.GetAsync($"/api/order-issue?q=unforgettable&OrderId={body["OrderId"]}")).Body["data"]!.AsArray(), Has.Count.EqualTo(1));

        static JsonArray Items(string sku) => [new JsonObject { ["sku"] = sku, ["qty"] = 1 }, new JsonObject { ["sku"] = "CUP", ["qty"] = 1 }];
    }

    [Test]
    public async Task Loses_none_of_many_patches_that_come_at_once()
    {
        var created = await Api.CreateAsync(Api.Minimal());
        string[] fields = ["picker", "packer", "palletter", "customerName"];

        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(async () =>
            (await PatchAsync(created, $$"""{ "{{fields[i % 4]}}": "{{i}}", "notes": "{{i}}" }""")).Succeeded())));

        var history = (await Api.GetAsync($"/api/order-issue/{created.IssueId}/history")).Body["data"]!.AsArray();
        Assert.That(history, Has.Count.EqualTo(25));
        foreach (var field in fields.Append("notes"))
        {
            var changes = history.SelectMany(entry => entry!["changes"]!.AsArray()).Where(change => (string?)change!["field"] == field).ToList();
            Assert.That(changes.Skip(1).Select(change => (string?)change!["from"]), Is.EqualTo(changes.SkipLast(1).Select(change => (string?)change!["to"])), field);
        }
    }

    [TestCase("999")]
    [TestCase("abc")]
    [TestCase("16e5")]
    public async Task Knows_no_other_number(string issueId) =>
        (await Api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{issueId}", """{ "picker": "P" }""")).Failed(HttpStatusCode.NotFound, "issue_not_found");

    private Task<Answer> PatchAsync(Answer issue, string patch) => Api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{issue.IssueId}", patch);
}
