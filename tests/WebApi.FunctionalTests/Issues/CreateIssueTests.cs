using System.Net;
using System.Text.Json.Nodes;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class CreateIssueTests(StoreKind store)
{
    private static readonly string[] AlwaysThere =
        ["_id", "issueId", "OrderId", "channel", "source", "items", "trackingNumber", "issueType", "status", "discussion", "createdAt", "updatedAt", "__v"];

    private Api Api => Shared.On(store);

    [TestCase("1.5")]
    [TestCase("\"1.5\"")]
    [TestCase("\"many\"")]
    [TestCase("1e309")]
    [TestCase("-1e309")]
    [TestCase("1000001")]
    [TestCase("0")]
    [TestCase("null")]
    public async Task Refuses_a_quantity_that_is_no_integer(string qty)
    {
        var body = Api.Minimal();
        body["items"] = JsonNode.Parse($$"""[{ "sku": "a", "qty": {{qty}} }]""");

        var answer = (await Api.CreateAsync(body)).Failed(HttpStatusCode.BadRequest, "validation_failed");

        Assert.That(answer.Body["errors"]!.ToJsonString(), Is.EqualTo("""{"items[0].qty":["must be an integer from 1 to 1,000,000"]}"""));
    }

    [Test]
    public async Task Answers_with_the_whole_issue_and_where_to_find_it()
    {
        var created = (await Api.CreateAsync(Api.Minimal("111-0944945-3989852"))).Succeeded(HttpStatusCode.Created);

        Assert.That(created.Data.Select(member => member.Key), Is.EqualTo(AlwaysThere));
        Assert.That((string?)created.Data["_id"], Does.Match("^[0-9a-f]{24}$"));
        Assert.That(created.IssueId, Does.Match("^16[0-9]{5}$"));
        Assert.That((string?)created.Data["channel"], Is.EqualTo("email"));
        Assert.That((string?)created.Data["status"], Is.EqualTo("open"));
        Assert.That((string?)created.Data["createdAt"], Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"));
        Assert.That((string?)created.Data["updatedAt"], Is.EqualTo((string?)created.Data["createdAt"]));
        Assert.That((int)created.Data["__v"]!, Is.Zero);
        Assert.That(created.Headers.Location?.ToString(), Is.EqualTo($"/api/order-issue/{created.IssueId}"));

        var read = (await Api.GetAsync(created.Headers.Location!.ToString())).Succeeded();
        Assert.That(read.DataText, Is.EqualTo(created.DataText));
        Assert.That(read.Headers.ETag, Is.EqualTo(created.Headers.ETag).And.Not.Null);
        Assert.That(read.Headers.ETag!.IsWeak, Is.False);
    }

    [Test]
    public async Task Keeps_every_field()
    {
        var body = Api.Minimal();
        foreach (var (name, value) in JsonNode.Parse("""
            {
              "source": "freshdesk-us", "channel": "other", "ticketId": "18362", "items": [{ "sku": "MUG", "qty": 2 }, { "sku": "花", "qty": 1 }],
              "trackingNumber": ["T1", "T2"], "picker": "John", "packer": "Jane", "palletter": "Jim", "customerName": "Jösh O'Neil <b>",
              "customerEmail": "josh@example.com", "status": "pending", "customerReachedAt": "2025-11-19T22:36:28.000Z",
              "shipped_at": "2025-11-17T08:00:00.120Z", "notes": "a\n\tb \"quoted\"", "createdBy": "agentName"
            }
            """)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        var created = (await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created);

        foreach (var (name, value) in body)
        {
            Assert.That(created.Data[name]?.ToJsonString(), Is.EqualTo(value?.ToJsonString()), name);
        }
    }

    [Test]
    public async Task Takes_numbers_and_texts_for_each_other_where_callers_mix_them()
    {
        var body = Api.Minimal();
        body["ticketId"] = 9_007_199_254_740_993;
        body["items"] = JsonNode.Parse("""[{ "sku": "a", "qty": "3" }, { "sku": "b", "qty": 2.0 }, { "sku": "c", "qty": 1e3 }]""");
        body["trackingNumber"] = "TRK123";

        var data = (await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created).Data;

        Assert.That(data["ticketId"]!.ToJsonString(), Is.EqualTo("\"9007199254740993\""));
        Assert.That(data["items"]!.AsArray().Select(item => item!["qty"]!.ToJsonString()), Is.EqualTo(new[] { "3", "2", "1000" }));
        Assert.That(data["trackingNumber"]!.ToJsonString(), Is.EqualTo("""["TRK123"]"""));
    }

    [Test]
    public async Task Ignores_what_the_service_owns_and_what_it_does_not_know()
    {
        var body = Api.Minimal();
        foreach (var (name, value) in JsonNode.Parse("""
            {
              "_id": "000000000000000000000000", "issueId": "1", "__v": 7, "createdAt": "2001-01-01", "updatedAt": "2001-01-01",
              "discussion": [{ "userName": "x", "message": "y" }], "issueResolvedAt": "2001-01-01", "id": 1, "__proto__": { "status": "done" },
              "constructor": {}, "orderid": "lower case", "$set": { "status": "done" }
            }
            """)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        var data = (await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created).Data;

        Assert.That(data.Select(member => member.Key), Is.EqualTo(AlwaysThere));
        Assert.That((string?)data["_id"], Is.Not.EqualTo("000000000000000000000000"));
        Assert.That((string?)data["OrderId"], Is.EqualTo((string?)body["OrderId"]));
        Assert.That(data["discussion"]!.AsArray(), Is.Empty);
        Assert.That((string?)data["status"], Is.EqualTo("open"));
    }

    [Test]
    public async Task Takes_null_for_absent()
    {
        var body = Api.Minimal();
        foreach (var field in new[] { "channel", "ticketId", "status", "items", "trackingNumber", "picker", "customerEmail", "shipped_at", "notes" })
        {
            body[field] = null;
        }

        Assert.That((await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created).Data.Select(member => member.Key), Is.EqualTo(AlwaysThere));
    }

    [Test]
    public async Task Makes_two_issues_of_one_body_sent_twice()
    {
        var body = Api.Minimal();

        var first = await Api.CreateAsync(body);
        var second = await Api.CreateAsync(body);

        Assert.That(second.IssueId, Is.Not.EqualTo(first.IssueId));
    }

    [Test]
    public async Task Dates_the_resolution_of_an_issue_that_comes_in_resolved()
    {
        var body = Api.Minimal();
        body["status"] = "DONE";

        var data = (await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created).Data;

        Assert.That((string?)data["status"], Is.EqualTo("done"));
        Assert.That((string?)data["issueResolvedAt"], Is.EqualTo((string?)data["createdAt"]));
    }

    [Test]
    public async Task Names_every_field_that_is_wrong_as_the_request_does()
    {
        var answer = (await Api.PostAsync("/api/order-issue/create", """
            {
              "OrderId": "..", "source": "fax", "channel": "fax", "status": "?", "items": [{ "sku": "a", "qty": 1 }, null, { "sku": "", "qty": 1.5 }],
              "trackingNumber": [null], "customerEmail": "nobody", "customerReachedAt": "soon", "shipped_at": "1999-12-31", "notes": "\u0000",
              "picker": "\u0007"
            }
            """)).Failed(HttpStatusCode.BadRequest, "validation_failed");

        Assert.That(answer.ErrorFields, Is.EquivalentTo(new[]
        {
            "OrderId", "source", "channel", "issueType", "status", "items[1]", "items[2].sku", "items[2].qty", "trackingNumber[0]",
            "customerEmail", "customerReachedAt", "shipped_at", "notes", "picker",
        }));
        Assert.That((string?)answer.Body["errors"]!["issueType"]![0], Is.EqualTo("is required"));
    }

    [Test]
    public async Task Names_each_of_500_items_that_are_wrong()
    {
        var body = Api.Minimal();
        body["items"] = new JsonArray([.. Enumerable.Range(0, 500).Select(_ => new JsonObject())]);

        var answer = (await Api.CreateAsync(body)).Failed(HttpStatusCode.BadRequest, "validation_failed");

        Assert.That(answer.ErrorFields.Count(), Is.EqualTo(1000));
    }

    [Test]
    public async Task Takes_the_statuses_that_are_set_up()
    {
        using var service = Service.On(store, ("Issues:Statuses", "Open, refunded"), ("Issues:ResolvedStatuses:0", "refunded"));
        var refunded = Api.Minimal();
        refunded["status"] = "Refunded";
        var done = Api.Minimal();
        done["status"] = "done";

        Assert.That((await service.Api.CreateAsync(refunded)).Succeeded(HttpStatusCode.Created).Data["issueResolvedAt"], Is.Not.Null);
        Assert.That((await service.Api.CreateAsync(done)).Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields, Is.EqualTo(new[] { "status" }));
    }

    [Test]
    public async Task Numbers_400_parallel_issues_without_a_gap()
    {
        using var service = Service.On(store);

        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => service.Api.CreateAsync(Api.Minimal())));

        Assert.That(
            answers.Select(answer => int.Parse(answer.Succeeded(HttpStatusCode.Created).IssueId, null)).Order(),
            Is.EqualTo(Enumerable.Range(1_600_001, 400)));
    }
}
