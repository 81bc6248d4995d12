using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Moq;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Domain.Tickets;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Merging;

/// <summary>A report tells which issues may be about the same.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class DuplicateTests(StoreKind store)
{
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private Service? service;

    private Api Api => service!.Api;

    [SetUp]
    public void Start() => service = Service.On(store, time, services =>
        FakeTickets.Only(new FakeTickets(id => new Ticket { TicketId = id, OrderId = "A-1" }))(services));

    [TearDown]
    public void Stop() => service?.Dispose();

    [Test]
    public async Task Unresolved_issues_of_the_order_with_the_type_or_an_item_in_common_the_newest_first()
    {
        Assert.That((await ReportAsync("Wrong item", "MUG")).Body, Does.Not.ContainKey("possibleDuplicates"));
        time.Advance(TimeSpan.FromSeconds(1));
        var resolved = await ReportAsync("wrong item", "CUP");
        await Api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{resolved.IssueId}", """{ "status": "done" }""");
        await ReportAsync("damaged", "VASE");
        await Api.CreateAsync(Body("A-2", "wrong item", "MUG"));

        Assert.That(DuplicatesOf(await ReportAsync("wrong-item", "PEN")), Is.EqualTo(new[] { "1600001" }));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(DuplicatesOf(await ReportAsync("lost", "VASE", "MUG")), Is.EqualTo(new[] { "1600003", "1600001" }));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await ReportAsync("late", "PLATE")).Body, Does.Not.ContainKey("possibleDuplicates"));
    }

    [Test]
    public async Task None_that_is_older_than_thirty_days_or_merged_and_twenty_at_most()
    {
        var old = await ReportAsync("damaged");
        time.Advance(TimeSpan.FromDays(30));
        Assert.That(DuplicatesOf(await ReportAsync("damaged")), Is.EqualTo(new[] { old.IssueId }));
        time.Advance(TimeSpan.FromMilliseconds(1));
        var third = await ReportAsync("damaged");
        Assert.That(DuplicatesOf(third), Is.EqualTo(new[] { "1600002" }));
        (await Api.PostAsync("/api/order-issue/1600002/merge", $$"""{ "into": "{{third.IssueId}}" }""")).Succeeded();
        Assert.That(DuplicatesOf(await ReportAsync("damaged")), Is.EqualTo(new[] { third.IssueId }));

        for (var i = 0; i < 20; i++)
        {
            await ReportAsync("damaged");
        }

        Assert.That(DuplicatesOf(await ReportAsync("damaged")), Has.Length.EqualTo(20).And.ItemAt(0).EqualTo("1600024"));
    }

    [Test]
    public async Task A_repeated_answer_tells_what_the_first_one_did()
    {
        await ReportAsync("damaged");
        var request = new Request(HttpMethod.Post, "/api/order-issue/create", Body("A-1", "damaged").ToJsonString());
        var first = await request.SendAsync(Api);
        await ReportAsync("damaged");

        Assert.That(DuplicatesOf(first), Is.EqualTo(new[] { "1600001" }));
        Assert.That((await request.SendAsync(Api)).Text, Is.EqualTo(first.Text));
    }

    [Test]
    public async Task From_a_ticket_too_and_the_one_that_took_over_answers_for_a_merged_issue()
    {
        var first = await ReportAsync("damaged");
        var ofTicket = (await FromTicketAsync()).Succeeded(HttpStatusCode.Created);
        Assert.That(DuplicatesOf(ofTicket), Is.EqualTo(new[] { first.IssueId }));
        (await Api.PostAsync($"/api/order-issue/{ofTicket.IssueId}/merge", $$"""{ "into": "{{first.IssueId}}" }""")).Succeeded();

        var answer = (await FromTicketAsync()).Succeeded();

        Assert.That((answer.IssueId, answer.Body.ContainsKey("possibleDuplicates")), Is.EqualTo((first.IssueId, false)));
    }

    [Test]
    public async Task A_report_is_acknowledged_also_where_the_look_up_fails()
    {
        await ReportAsync("damaged");
        var queries = new Mock<IOrderIssueQueries>(MockBehavior.Strict);
        queries.Setup(all => all.ListHeadsOfOrderAsync("A-1", It.IsAny<DateTimeOffset>(), It.IsAny<int>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(FailureException.StoreUnavailable());
        using var other = service!.Another(services => services.Replace(ServiceDescriptor.Singleton(queries.Object)));

        var answer = (await other.Api.CreateAsync(Body("A-1", "damaged"))).Succeeded(HttpStatusCode.Created);

        Assert.That(answer.Body, Does.Not.ContainKey("possibleDuplicates"));
        Assert.That((await Api.GetAsync("/api/order-issue?OrderId=A-1")).Issues.Count(), Is.EqualTo(2));
        Assert.That(other.Log.Lines, Has.Some.Contains("Possible duplicates"));

        using var message = new HttpRequestMessage(HttpMethod.Post, "/api/order-issue/create") { Content = new StringContent(Body("A-1", "damaged").ToJsonString(), null, "application/json") };
        message.Headers.Add("Prefer", "return=minimal");
        queries.Invocations.Clear();
        Assert.That((await other.Api.SendAsync(message)).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(queries.Invocations, Is.Empty, "No body, no look-up");
    }

    private static string[] DuplicatesOf(Answer answer) => [.. answer.Body["possibleDuplicates"]!.AsArray().Select(number => (string)number!)];

    private static JsonObject Body(string order, string type, params string[] skus) => new()
    {
        ["OrderId"] = order,
        ["source"] = "email",
        ["issueType"] = type,
        ["items"] = new JsonArray([.. skus.Select(sku => new JsonObject { ["sku"] = sku, ["qty"] = 1 })]),
    };

    private async Task<Answer> ReportAsync(string type, params string[] skus) =>
        (await Api.CreateAsync(Body("A-1", type, skus))).Succeeded(HttpStatusCode.Created);

    private Task<Answer> FromTicketAsync() => Api.PostAsync(
        "/api/order-issue/from-ticket", """{ "source": "freshdesk", "ticketId": "7", "issueType": "damaged" }""");
}
