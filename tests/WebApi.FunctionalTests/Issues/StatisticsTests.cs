using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class StatisticsTests(StoreKind store)
{
    private const string Path = "/api/order-issue/stats";

    private readonly FakeTimeProvider time = new(IssueFactory.Now);
    private Service? service;

    private Api Api => service!.Api;

    [SetUp]
    public async Task CreateFour()
    {
        service = Service.On(store, time, ("Issues:ResolvedStatuses", "done,refunded"));
        foreach (var (packer, sku) in new[] { ("Ann", "MUG"), ("ann", "mug"), ("ann", "CUP"), (null, null) })
        {
            var body = Api.Minimal();
            body["packer"] = packer;
            body["items"] = sku is null ? [] : new JsonArray(Item(sku, 2), Item("CUP", 1));
            var issue = (await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created);
            time.Advance(TimeSpan.FromMinutes(10));
            if (sku == "mug")
            {
                await Api.PutAsync($"/api/order-issue/update/{issue.Data["OrderId"]}", """{ "status": "refunded" }""");
            }
        }

        static JsonObject Item(string sku, int qty) => new() { ["sku"] = sku, ["qty"] = qty };
    }

    [TearDown]
    public void Stop() => service?.Dispose();

    [TestCase("?groupBy=packer", """
        {"groupBy":"packer","issues":4,"units":9,"groups":[
        {"key":"ann","issues":3,"units":9,"open":2,"avgHoursToResolve":0.17},{"issues":1,"units":0,"open":1}]}
        """)]
    [TestCase("?groupBy=sku", """
        {"groupBy":"sku","issues":4,"units":9,"groups":[
        {"key":"CUP","issues":3,"units":5,"open":2,"avgHoursToResolve":0.17},{"key":"MUG","issues":1,"units":2,"open":1},
        {"key":"mug","issues":1,"units":2,"open":0,"avgHoursToResolve":0.17},{"issues":1,"units":0,"open":1}]}
        """)]
    [TestCase("?groupBy=status&sku=mug", """
        {"groupBy":"status","issues":1,"units":3,"groups":[{"key":"refunded","issues":1,"units":3,"open":0,"avgHoursToResolve":0.17}]}
        """)]
    [TestCase("?groupBy=day&q=cup&createdTo=2025-11-20T10:15:00Z", """
        {"groupBy":"day","issues":2,"units":6,"groups":[{"key":"2025-11-20","issues":2,"units":6,"open":1,"avgHoursToResolve":0.17}]}
        """)]
    [TestCase("?groupBy=channel&status=nothing", """{"groupBy":"channel","issues":0,"units":0,"groups":[]}""")]
    public async Task Counts_what_is_asked_for(string query, string expected) =>
        Assert.That((await Api.GetAsync(Path + query)).Succeeded().Data.ToJsonString(), Is.EqualTo(expected.ReplaceLineEndings("")));

    [TestCase("", "groupBy")]
    [TestCase("?groupBy=", "groupBy")]
    [TestCase("?groupBy=Status", "groupBy")]
    [TestCase("?groupBy=$status", "groupBy")]
    [TestCase("?groupBy=sku,", "groupBy")]
    [TestCase("?groupBy=sku,sku", "groupBy")]
    [TestCase("?groupBy=sku,packer,day", "groupBy")]
    [TestCase("?groupBy=notes&q=a&createdFrom=x", "groupBy", "q", "createdFrom")]
    [TestCase("?groupBy=sku&groupBy=day&limit=1", "groupBy", "limit")]
    [TestCase("?limit=1&q=a", "groupBy", "limit", "q")]
    public async Task Names_what_is_wrong_with_a_query(string query, params string[] fields) =>
        Assert.That((await Api.GetAsync(Path + query)).Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields, Is.EquivalentTo(fields));

    [TestCase("POST")]
    [TestCase("PATCH")]
    public async Task Takes_no_other_method(string method)
    {
        var answer = (await Api.SendAsync(HttpMethod.Parse(method), Path, "{}")).Failed(HttpStatusCode.MethodNotAllowed, "method_not_allowed");

        Assert.That(answer.ContentHeaders.Allow, Is.EquivalentTo(new[] { "GET", "HEAD" }));
    }
}
