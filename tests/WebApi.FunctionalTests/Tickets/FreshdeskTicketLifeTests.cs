using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

/// <summary>Tickets that were deleted, are spam or archived, or that the key's agent may not see.</summary>
public sealed class FreshdeskTicketLifeTests : FreshdeskFixture
{
    private const string Archived = "/api/issue-ticket/9021";
    private const string ArchiveCall = "GET /api/v2/tickets/archived/9021";
    private const string Hidden = "Freshdesk doesn't let the agent of this service's API key see this ticket.";

    private static readonly Dictionary<string, (Func<HttpContext, Task> Way, HttpStatusCode Status, string Code)> Failing = new()
    {
        ["301"] = (FakeFreshdesk.Status(301), HttpStatusCode.BadGateway, "ticket_source_failed"),
        ["401"] = (FakeFreshdesk.Status(401), HttpStatusCode.BadGateway, "ticket_source_failed"),
        ["429"] = (FakeFreshdesk.Status(429, "30"), HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable"),
        ["500"] = (FakeFreshdesk.Status(500), HttpStatusCode.BadGateway, "ticket_source_failed"),
        ["503"] = (FakeFreshdesk.Status(503, "30"), HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable"),
        ["drops"] = (FakeApi.DropAsync, HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable"),
        ["truncates"] = (FakeApi.TruncateAsync, HttpStatusCode.BadGateway, "ticket_source_failed"),
        ["hangs"] = (FakeApi.HangAsync, HttpStatusCode.GatewayTimeout, "ticket_source_timeout"),
        ["is another ticket"] = (FakeApi.Body("""{"id":18362}"""), HttpStatusCode.BadGateway, "ticket_source_failed"),
        ["is nonsense"] = (FakeApi.Body("<html>Maintenance</html>"), HttpStatusCode.BadGateway, "ticket_source_failed"),
    };

    public static IEnumerable<string> WaysToFail => Failing.Keys;

    [TestCase("true")]
    [TestCase("\"true\"")]
    [TestCase("\"True\"")]
    [TestCase("true,\"spam\":true")]
    public async Task A_deleted_one_is_not_there(string deleted)
    {
        Freshdesk.Ticket = With($"\"deleted\":{deleted}");

        (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.NotFound, "ticket_not_found");
        (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.NotFound, "ticket_not_found");

        Assert.That(Freshdesk.Calls, Is.EqualTo(new[] { Call }));
    }

    [Test]
    public async Task One_is_there_again_once_it_is_restored()
    {
        Freshdesk.Next(FakeApi.Body("""{"id":18362,"deleted":true}"""));
        (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.NotFound, "ticket_not_found");
        Time.Advance(TimeSpan.FromSeconds(31));

        (await Service.Api.GetAsync(Path)).Succeeded();
    }

    [TestCase("true")]
    [TestCase("\"true\"")]
    [TestCase("\"TRUE\"")]
    public async Task Spam_says_so(string spam)
    {
        Freshdesk.Next(FakeApi.Body($$"""{"id":18362,"spam":{{spam}}}"""));

        Assert.That((await Service.Api.GetAsync(Path)).Succeeded().Data.ToJsonString(), Is.EqualTo("""{"ticketId":"18362","id":18362,"spam":true}"""));
    }

    [TestCase("false")]
    [TestCase("null")]
    [TestCase("\"false\"")]
    [TestCase("\"\"")]
    [TestCase("\"\\ud800\"")]
    [TestCase("1")]
    [TestCase("[true]")]
    [TestCase("{\"true\":true}")]
    public async Task One_that_is_neither_says_nothing_of_it(string flag)
    {
        Freshdesk.Next(FakeApi.Body($$"""{"deleted":{{flag}},"spam":{{flag}},"archived":{{flag}},"id":18362}"""));

        Assert.That((await Service.Api.GetAsync(Path)).Succeeded().Data.ToJsonString(), Is.EqualTo("""{"ticketId":"18362","id":18362}"""));
    }

    [Test]
    public async Task An_archived_one_is_found_in_the_archive()
    {
        var answer = (await Service.Api.GetAsync(Archived)).Succeeded();

        Assert.That(answer.Data.ToJsonString(), Is.EqualTo(
            """
            {"ticketId":"9021","subject":"Broken lid (Order: 113-1112223-4445556)","product_id":154000093699,"id":9021,"status":5,
            "statusText":"closed","created_at":"2024-08-24T11:56:51.000Z","updated_at":"2024-08-24T11:59:05.000Z","priority":1,"tags":[],
            "OrderId":"113-1112223-4445556","archived":true}
            """.ReplaceLineEndings("")));
        Assert.That(Freshdesk.Calls, Is.EqualTo(new[] { "GET /api/v2/tickets/9021?include=requester", ArchiveCall }));
    }

    [TestCase("""{"id":9021}""", """{"ticketId":"9021","id":9021,"archived":true}""")]
    [TestCase("""{"id":9021,"archived":null,"spam":true,"requester":{"name":"Josh"}}""", """{"ticketId":"9021","id":9021,"requesterName":"Josh","spam":true,"archived":true}""")]
    public async Task What_the_archive_has_is_archived_whatever_it_says(string ticket, string data)
    {
        Freshdesk.ArchivedTicket = ticket;

        Assert.That((await Service.Api.GetAsync(Archived)).Succeeded().Data.ToJsonString(), Is.EqualTo(data));
    }

    [Test]
    public async Task A_deleted_one_of_the_archive_is_not_there()
    {
        Freshdesk.ArchivedTicket = """{"id":9021,"archived":true,"deleted":true}""";

        (await Service.Api.GetAsync(Archived)).Failed(HttpStatusCode.NotFound, "ticket_not_found");
    }

    [Test]
    public async Task One_is_found_when_it_has_been_archived_since()
    {
        Freshdesk.Next(FakeApi.Body("""{"id":9021,"status":5}"""));
        Assert.That((await Service.Api.GetAsync(Archived)).Succeeded().Data["archived"], Is.Null);
        Time.Advance(TimeSpan.FromSeconds(31));

        Assert.That((bool)(await Service.Api.GetAsync(Archived)).Succeeded().Data["archived"]!, Is.True);
    }

    /// <summary>Plans without an archive refuse the feature.</summary>
    [TestCase("require_feature")]
    [TestCase("something_else")]
    [TestCase(null)]
    public async Task One_is_not_there_where_an_account_has_no_archive(string? code)
    {
        Freshdesk.InsteadOfArchive = code is null ? FakeFreshdesk.Forbidden(FakeApi.Body("")) : FakeFreshdesk.Forbidden(code);

        var answer = (await Service.Api.GetAsync(Archived)).Failed(HttpStatusCode.NotFound, "ticket_not_found");

        Assert.That((string?)answer.Body["detail"], Is.EqualTo("freshdesk has no ticket of this id."));
        Assert.That(Freshdesk.Calls.Count(call => call == ArchiveCall), Is.EqualTo(1));
    }

    [Test]
    public async Task One_is_not_there_where_the_plan_has_no_archive()
    {
        Freshdesk.ArchivedTicket = null;

        (await Service.Api.GetAsync(Archived)).Failed(HttpStatusCode.NotFound, "ticket_not_found");
    }

    /// <summary>Nobody knows by then whether it is there.</summary>
    [TestCaseSource(nameof(WaysToFail))]
    public async Task Nobody_is_told_that_one_is_not_there_when_the_archive_fails(string way)
    {
        var (fail, status, code) = Failing[way];
        Freshdesk.InsteadOfArchive = fail;
        var start = Time.GetUtcNow();

        (await Time.LetPassUntilAsync(Service.Api.GetAsync(Archived))).Failed(status, code);
        Assert.That(Time.GetUtcNow() - start, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(10.5)));

        Freshdesk.InsteadOfArchive = null;
        Time.Advance(TimeSpan.FromSeconds(31));
        Assert.That((bool)(await Service.Api.GetAsync(Archived)).Succeeded().Data["archived"]!, Is.True);
    }

    /// <summary>Also where the current ones take most of the time.</summary>
    [Test]
    public async Task Both_look_ups_take_10_seconds_at_most()
    {
        Freshdesk.Next(FakeApi.HangAsync, FakeApi.HangAsync);
        Freshdesk.InsteadOfArchive = FakeApi.HangAsync;
        var start = Time.GetUtcNow();

        (await Time.LetPassUntilAsync(Service.Api.GetAsync(Archived))).Failed(HttpStatusCode.GatewayTimeout, "ticket_source_timeout");

        Assert.That(Time.GetUtcNow() - start, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(10.5)));
    }

    [Test]
    public async Task The_archive_is_not_asked_when_few_calls_are_left()
    {
        Freshdesk.Remaining = "9.0";

        var answer = (await Service.Api.GetAsync(Archived)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");

        Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(60)));
        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Nothing_more_is_asked_when_the_archive_takes_no_calls()
    {
        Freshdesk.InsteadOfArchive = FakeFreshdesk.Status(429, "30");
        (await Service.Api.GetAsync(Archived)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");

        var answer = (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");

        Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Current_ones_are_found_while_the_archive_keeps_failing()
    {
        Freshdesk.InsteadOfArchive = FakeFreshdesk.Status(500, "0");
        for (var i = 1; i <= 3; i++)
        {
            await Service.Api.GetAsync($"/api/issue-ticket/{i}");
        }

        var broken = (await Service.Api.GetAsync(Archived)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        Assert.That((string?)broken.Body["detail"], Does.Contain("too often"));
        Freshdesk.Ticket = With("\"status\":6");
        Assert.That((string?)(await Service.Api.GetAsync(Path)).Succeeded().Data["statusText"], Is.EqualTo("Waiting on Customer"));
    }

    [Test]
    public async Task One_that_the_agent_may_not_see_is_not_there_for_callers_and_they_are_told_why()
    {
        Freshdesk.Always = FakeFreshdesk.Forbidden("access_denied");

        // More than the failures that open a circuit breaker.
        for (var i = 1; i <= 8; i++)
        {
            var answer = (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.NotFound, "ticket_not_found");
            Assert.That((string?)answer.Body["detail"], Is.EqualTo(Hidden));
            Assert.That(answer.Headers.RetryAfter, Is.Null);
        }

        Freshdesk.Always = null;
        (await Service.Api.GetAsync(Path)).Succeeded();
        Assert.That(Freshdesk.Calls, Is.EqualTo(Enumerable.Repeat(Call, 9)));
        Assert.That(Service.Log.Lines, Has.None.Contains("credentials").And.None.Contains("ticket_source_failed").And.None.Contains("403"));
    }

    [Test]
    public async Task Neither_is_one_of_the_archive_that_the_agent_may_not_see()
    {
        Freshdesk.InsteadOfArchive = FakeFreshdesk.Forbidden("access_denied");

        var answer = (await Service.Api.GetAsync(Archived)).Failed(HttpStatusCode.NotFound, "ticket_not_found");

        Assert.That((string?)answer.Body["detail"], Is.EqualTo(Hidden));
    }

    [TestCase("""{"code":"account_suspended","message":"Your account has been suspended."}""")]
    [TestCase("""{"code":"password_lockout"}""")]
    [TestCase("""{"code":"require_feature"}""")]
    [TestCase("""{"code":null}""")]
    [TestCase("""{"code":["access_denied"]}""")]
    [TestCase("""{"code":"\ud800"}""")]
    [TestCase("""{"message":"access_denied"}""")]
    [TestCase("""{"code":"access_denied",""")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("")]
    [TestCase("<html>Your address isn't on the list: access_denied</html>")]
    public async Task Another_403_concerns_the_key(string body)
    {
        Freshdesk.Always = FakeFreshdesk.Forbidden(FakeApi.Body(body));

        var answer = (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");

        Assert.That((string?)answer.Body["detail"], Is.EqualTo("Freshdesk refused the credentials of this service."));
        Assert.That(Freshdesk.Calls, Is.EqualTo(new[] { Call }));
    }

    /// <summary>The ticket with this beside what it has.</summary>
    private string With(string members)
    {
        var ticket = JsonNode.Parse(Freshdesk.Ticket)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse($"{{{members}}}")!.AsObject())
        {
            ticket[name] = value?.DeepClone();
        }

        return ticket.ToJsonString();
    }
}
