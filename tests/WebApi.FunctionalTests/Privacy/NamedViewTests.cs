using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Application.Common.Records;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Privacy;

/// <summary>Saved views that name a customer go with the customer's data.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class NamedViewTests(StoreKind store)
{
    private Service? service;

    private Api Api => service!.Api;

    [SetUp]
    public void Start() => service = Service.On(store);

    [TearDown]
    public void Stop() => service?.Dispose();

    [TestCase("All of josh qxvendel", "status=open")]
    [TestCase("All of Qxvendel,Josh", "status=open")]
    [TestCase("a", "q=JOSH+Qxvendel")]
    [TestCase("a", "q=qxvendel+josh")]
    [TestCase("a", "q=Josh%20%20%20QXVENDEL")]
    [TestCase("a", "q=qxvendel%2C%20josh")]
    [TestCase("a", "q=josh.qxvendel")]
    [TestCase("a", "status=open&q=mr+josh-b-qxvendel&limit=5")]
    [TestCase("a", "q=Jo%C2%ADsh%E2%80%8B+Qxvendel")]
    [TestCase("a", "assignee=Josh+Qxvendel")]
    [TestCase("of josh@example.com", "status=open")]
    public async Task A_view_with_all_words_of_the_name_is_removed(string name, string query) =>
        Assert.That(await RemainsAsync("Josh Qxvendel", name, query), Is.False);

    [TestCase("Josh Qxvendel", "Josh", "q=josh")]
    [TestCase("Josh Qxvendel", "josh", "q=qxvendel")]
    [TestCase("Josh Qxvendel", "a", "q=joshqx+vendel")]
    [TestCase("Josh", "a", "q=josh")]
    [TestCase("Josh Q", "josh", "q=open")]
    [TestCase("Jo Jo", "a", "q=jo")]
    public async Task Another_one_stays(string customer, string name, string query) =>
        Assert.That(await RemainsAsync(customer, name, query), Is.True);

    [Test]
    public async Task Views_with_names_that_an_issue_had_before_are_removed_and_those_of_its_present_customer_stay()
    {
        var issueId = await ReportAsync("Josh Qxvendel", "josh@example.com");
        await Api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{issueId}", """{ "customerName": "Mary Qxmoe", "customerEmail": "mary@example.com" }""");
        await Api.PutAsync("/api/issue-view/a", """{ "query": "q=josh+qxvendel" }""");
        await Api.PutAsync("/api/issue-view/b", """{ "query": "q=mary+qxmoe" }""");

        await EraseAsync();

        Assert.That(await NamesAsync(), Is.EqualTo(new[] { "b" }));
    }

    [TestCase("{}")]
    [TestCase("""{"name":"x"}""")]
    [TestCase("""{"query":"q=josh%20qxvendel"}""")]
    [TestCase("null")]
    public async Task A_record_that_lacks_a_part_is_borne(string content)
    {
        var records = service!.Services.GetRequiredService<IRecordStore>();
        await records.PutIfAbsentAsync(new() { Kind = RecordKinds.Views, Key = "odd", Content = content });
        await ReportAsync("Josh Qxvendel", "josh@example.com");

        await EraseAsync();

        Assert.That((await Api.GetAsync("/api/issue-view?count=true")).Succeeded().Body["data"]!.AsArray(), Has.Count.EqualTo(content.Contains("josh", StringComparison.Ordinal) ? 0 : 1));
    }

    [TestCase("josh%40example.com")]
    [TestCase("%20JOSH%40example.com%20")]
    [TestCase("jo%E2%80%8Bsh%40example.com")]
    public async Task The_name_of_a_view_is_no_address(string name)
    {
        var refused = (await Api.PutAsync($"/api/issue-view/{name}", """{ "query": "status=open" }""")).Failed(HttpStatusCode.BadRequest, "validation_failed");

        Assert.That(refused.Body["errors"]!.ToJsonString(), Is.EqualTo("""{"name":["must not be an e-mail address: a view has no data of customers"]}"""));
    }

    private async Task<bool> RemainsAsync(string customer, string name, string query)
    {
        await ReportAsync(customer, "josh@example.com");
        (await Api.PutAsync($"/api/issue-view/{Uri.EscapeDataString(name)}", $$"""{ "query": "{{query}}" }""")).Succeeded(HttpStatusCode.Created);
        await EraseAsync();
        return (await NamesAsync()).Contains(name);
    }

    private async Task<string> ReportAsync(string name, string email)
    {
        var body = Api.Minimal();
        (body["customerName"], body["customerEmail"]) = (name, email);
        return (await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created).IssueId;
    }

    private async Task EraseAsync() =>
        (await Api.PostAsync("/api/customer-data/erase", """{ "email": "josh@example.com", "reason": "Request" }""")).Succeeded();

    private async Task<string?[]> NamesAsync() =>
        [.. (await Api.GetAsync("/api/issue-view")).Succeeded().Body["data"]!.AsArray().Select(view => (string?)view!["name"])];
}
