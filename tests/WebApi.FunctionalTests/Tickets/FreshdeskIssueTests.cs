using System.Net;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

/// <summary>Issues of tickets in each state of theirs.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class FreshdeskIssueTests(StoreKind store) : FreshdeskFixture
{
    private protected override StoreKind Store => store;

    [Test]
    public async Task Are_made_of_spam_too()
    {
        Freshdesk.Ticket = Freshdesk.Ticket.Replace("\"spam\":false", "\"spam\":true", StringComparison.Ordinal);

        var issue = (await ReportAsync("18362")).Succeeded(HttpStatusCode.Created).Data;

        Assert.That(((string?)issue["OrderId"], (string?)issue["customerName"]), Is.EqualTo(("111-0944945-3989852", "Josh")));
    }

    /// <summary>The archive doesn't tell who asked.</summary>
    [Test]
    public async Task Are_made_of_archived_tickets_too()
    {
        var issue = (await ReportAsync("9021")).Succeeded(HttpStatusCode.Created).Data;

        Assert.That(
            ((string?)issue["OrderId"], (string?)issue["notes"], (string?)issue["customerReachedAt"]),
            Is.EqualTo(("113-1112223-4445556", "Broken lid (Order: 113-1112223-4445556)", "2024-08-24T11:56:51.000Z")));
        Assert.That(issue["customerName"], Is.Null);
    }

    [Test]
    public async Task Are_not_made_of_tickets_that_are_deleted_or_hidden()
    {
        Freshdesk.Next(FakeApi.Body("""{"id":18362,"subject":"Where is it? (Order: 111-0944945-3989852)","deleted":true}"""));
        (await ReportAsync("18362")).Failed(HttpStatusCode.NotFound, "ticket_not_found");
        Time.Advance(TimeSpan.FromSeconds(31));
        Freshdesk.Next(FakeFreshdesk.Status(403));
        (await ReportAsync("18362")).Failed(HttpStatusCode.NotFound, "ticket_not_found");

        Assert.That((await Service.Api.GetAsync("/api/order-issue?ticketId=18362")).Succeeded().Body["data"]!.AsArray(), Is.Empty);
    }

    /// <summary>What was reported stays reported.</summary>
    [Test]
    public async Task Stay_when_their_ticket_is_deleted()
    {
        var issueId = (await ReportAsync("18362")).Succeeded(HttpStatusCode.Created).IssueId;
        Freshdesk.Always = FakeApi.Body("""{"id":18362,"deleted":true}""");
        Time.Advance(TimeSpan.FromSeconds(31));

        Assert.That((await ReportAsync("18362")).Succeeded().IssueId, Is.EqualTo(issueId));
    }

    private Task<Answer> ReportAsync(string ticketId) =>
        Service.Api.PostAsync("/api/order-issue/from-ticket", $$"""{"source":"freshdesk","ticketId":"{{ticketId}}","issueType":"damaged"}""");
}
