using System.Net;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class ChangeIssueTests(StoreKind store)
{
    private const string Done = """{ "status": "done" }""";
    private const string Hello = """{ "username": "John Agent", "message": "Hello" }""";

    private Api Api => Shared.On(store);

    [Test]
    public async Task Goes_through_the_life_of_an_issue()
    {
        var time = new FakeTimeProvider(IssueFactory.Now);
        using var service = Service.On(store, time);
        var order = Api.NewOrder();
        var created = (await service.Api.CreateAsync(Api.Minimal(order))).Succeeded(HttpStatusCode.Created);
        Assert.That((string?)created.Data["createdAt"], Is.EqualTo("2025-11-20T10:00:00.000Z"));

        time.Advance(TimeSpan.FromHours(1));
        var done = (await service.Api.PutAsync($"/api/order-issue/update/{order}", Done)).Succeeded();
        Assert.That((string?)done.Data["status"], Is.EqualTo("done"));
        Assert.That((string?)done.Data["issueResolvedAt"], Is.EqualTo("2025-11-20T11:00:00.000Z"));
        Assert.That((string?)done.Data["updatedAt"], Is.EqualTo("2025-11-20T11:00:00.000Z"));
        Assert.That((int)done.Data["__v"]!, Is.EqualTo(1));

        time.Advance(TimeSpan.FromHours(1));
        var again = (await service.Api.PutAsync($"/api/order-issue/update/{order}", Done)).Succeeded();
        Assert.That((string?)again.Data["issueResolvedAt"], Is.EqualTo("2025-11-20T11:00:00.000Z"));

        var said = (await service.Api.PutAsync($"/api/order-issue/discussion/{order}", Hello)).Succeeded();
        Assert.That(said.Data["discussion"]!.ToJsonString(), Is.EqualTo(
            """[{"userName":"John Agent","message":"Hello","created_at":"2025-11-20T12:00:00.000Z"}]"""));

        var reopened = (await service.Api.PutAsync($"/api/order-issue/update/{order}", """{ "status": "Open", "by": "Jane" }""")).Succeeded();
        Assert.That(reopened.Data.ContainsKey("issueResolvedAt"), Is.False);
        Assert.That((int)reopened.Data["__v"]!, Is.EqualTo(4));

        var read = (await service.Api.GetAsync($"/api/order-issue/{created.IssueId}")).Succeeded();
        Assert.That(read.Text, Is.EqualTo(reopened.Text));
        Assert.That(
            new[] { created, done, again, said, reopened }.Select(answer => answer.Headers.ETag!.Tag).Distinct().Count(), Is.EqualTo(5));
        Assert.That(read.Headers.ETag, Is.EqualTo(reopened.Headers.ETag));
    }

    [Test]
    public async Task Acts_on_the_newest_issue_of_the_order_or_on_the_named_one()
    {
        var order = Api.NewOrder();
        var older = (await Api.CreateAsync(Api.Minimal(order))).IssueId;
        var newer = (await Api.CreateAsync(Api.Minimal(order))).IssueId;

        Assert.That((await Api.PutAsync($"/api/order-issue/update/{order}", Done)).Succeeded().IssueId, Is.EqualTo(newer));
        Assert.That((await Api.PutAsync($"/api/order-issue/update/{order}?issueId={older}", Done)).Succeeded().IssueId, Is.EqualTo(older));
        Assert.That((await Api.PutAsync($"/api/order-issue/discussion/{order}?issueId={older}", Hello)).Succeeded().IssueId, Is.EqualTo(older));
        Assert.That((await Api.PutAsync($"/api/order-issue/discussion/{order}", Hello)).Succeeded().IssueId, Is.EqualTo(newer));
    }

    [TestCase("update", Done)]
    [TestCase("discussion", Hello)]
    public async Task Knows_no_other_issue_of_the_order(string route, string body)
    {
        var order = Api.NewOrder();
        var other = (await Api.CreateAsync(Api.Minimal())).IssueId;
        await Api.CreateAsync(Api.Minimal(order));

        foreach (var query in new[] { $"{order}?issueId={other}", $"{order}?issueId=1", $"{order}?issueId=x", $"{order}?issueId=", Api.NewOrder(), order.ToLowerInvariant(), new string('x', 2000) })
        {
            (await Api.PutAsync($"/api/order-issue/{route}/{query}", body)).Failed(HttpStatusCode.NotFound, "issue_not_found");
        }
    }

    [TestCase("update", Done)]
    [TestCase("discussion", Hello)]
    public async Task Ignores_what_clients_add_against_caches(string route, string body)
    {
        var order = Api.NewOrder();
        await Api.CreateAsync(Api.Minimal(order));

        (await Api.PutAsync($"/api/order-issue/{route}/{order}?_=1764000000", body)).Succeeded();
    }

    [Test]
    public async Task Takes_userName_as_well()
    {
        var order = Api.NewOrder();
        await Api.CreateAsync(Api.Minimal(order));

        var said = (await Api.PutAsync($"/api/order-issue/discussion/{order}", """{ "userName": " Jane ", "message": "a\nb" }""")).Succeeded();

        Assert.That(said.Data["discussion"]![0]!["userName"]!.ToString(), Is.EqualTo("Jane"));
        Assert.That(said.Data["discussion"]![0]!["message"]!.ToString(), Is.EqualTo("a\nb"));
    }

    [TestCase("update", "{}", "status")]
    [TestCase("update", """{ "status": null }""", "status")]
    [TestCase("update", """{ "status": "" }""", "status")]
    [TestCase("update", """{ "status": "a/b" }""", "status")]
    [TestCase("update", """{ "status": "done", "by": "\u0000" }""", "by")]
    [TestCase("discussion", """{ "message": "x" }""", "username")]
    [TestCase("discussion", """{ "userName": "", "message": "x" }""", "userName")]
    [TestCase("discussion", """{ "username": "", "userName": "y", "message": "x" }""", "username")]
    [TestCase("discussion", """{ "username": "x" }""", "message")]
    [TestCase("discussion", """{ "username": "x", "message": " \n " }""", "message")]
    [TestCase("discussion", """{ "username": "x\ny", "message": "x" }""", "username")]
    [TestCase("discussion", """{ "username": "x", "message": "\u0000" }""", "message")]
    public async Task Names_the_field_that_is_wrong_and_changes_nothing(string route, string body, string field)
    {
        var order = Api.NewOrder();
        var created = await Api.CreateAsync(Api.Minimal(order));

        var answer = (await Api.PutAsync($"/api/order-issue/{route}/{order}", body)).Failed(HttpStatusCode.BadRequest, "validation_failed");

        Assert.That(answer.ErrorFields, Is.EqualTo(new[] { field }));
        Assert.That((await Api.GetAsync($"/api/order-issue/{created.IssueId}")).Text, Is.EqualTo(created.Text));
    }

    [Test]
    public async Task Keeps_200_parallel_messages()
    {
        var order = Api.NewOrder();
        var issueId = (await Api.CreateAsync(Api.Minimal(order))).IssueId;

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
            (await Api.PutAsync($"/api/order-issue/discussion/{order}", $$"""{ "username": "John", "message": "{{i}}" }""")).Succeeded()));

        var data = (await Api.GetAsync($"/api/order-issue/{issueId}")).Data;
        Assert.That(
            data["discussion"]!.AsArray().Select(message => int.Parse((string)message!["message"]!, null)), Is.EquivalentTo(Enumerable.Range(0, 200)));
        Assert.That((int)data["__v"]!, Is.EqualTo(200));
    }

    [Test]
    public async Task Loses_no_status_of_100_parallel_ones()
    {
        var order = Api.NewOrder();
        var issueId = (await Api.CreateAsync(Api.Minimal(order))).IssueId;

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            Api.PutAsync($"/api/order-issue/update/{order}", i % 2 == 0 ? Done : """{ "status": "open" }""")));

        var data = (await Api.GetAsync($"/api/order-issue/{issueId}")).Data;
        Assert.That((int)data["__v"]!, Is.EqualTo(100));
        foreach (var state in answers.Select(answer => answer.Succeeded().Data).Append(data))
        {
            Assert.That(state.ContainsKey("issueResolvedAt"), Is.EqualTo((string?)state["status"] == "done"), "half a change");
        }
    }
}
