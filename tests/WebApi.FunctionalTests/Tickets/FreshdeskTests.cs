using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Domain.Tickets;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

/// <summary>What becomes of look-ups in Freshdesk, however Freshdesk and the way to it behave.</summary>
public sealed class FreshdeskTests : FreshdeskFixture
{
    private static readonly Dictionary<string, Func<HttpContext, Task>> Failing = new()
    {
        ["drops"] = FakeApi.DropAsync,
        ["closes"] = FakeApi.CloseAsync,
        ["truncates"] = FakeApi.TruncateAsync,
        ["500"] = FakeFreshdesk.Status(500, "0"),
        ["503"] = FakeFreshdesk.Status(503, "0"),
        ["429"] = FakeFreshdesk.Status(429, "1"),
        ["429 until a date"] = FakeFreshdesk.Status(429, "Wed, 19 Nov 2025 22:36:28 GMT"),
    };

    [TestCase("")]
    [TestCase("/")]
    [TestCase("//")]
    public async Task Answers_with_the_ticket(string slash)
    {
        Service = Start(("Freshdesk:BaseUrl", Freshdesk.BaseUrl + slash));

        var answer = (await Service.Api.GetAsync(Path)).Succeeded();

        Assert.That(answer.Data.ToJsonString(), Is.EqualTo(
            """
            {"ticketId":"18362","subject":"Inquiry from Amazon customer Josh (Order: 111-0944945-3989852)","product_id":154000093699,
            "id":18362,"status":2,"statusText":"opening","created_at":"2025-11-19T22:36:28.000Z","updated_at":"2025-11-20T07:12:05.000Z",
            "type":"Question","priority":1,"tags":["amazon"],"requesterName":"Josh","requesterEmail":"josh@example.com",
            "OrderId":"111-0944945-3989852"}
            """.ReplaceLineEndings("")));
        Assert.That(Freshdesk.Calls, Is.EqualTo(new[] { Call }));
    }

    [TestCase("""{"id":18362}""", """{"ticketId":"18362","id":18362}""")]
    [TestCase(
        """{"id":18362,"subject":null,"product_id":null,"status":null,"created_at":null,"updated_at":null,"type":null,"priority":null,"tags":null,"requester":null}""",
        """{"ticketId":"18362","id":18362}""")]
    [TestCase("""{"id":18362,"status":5,"tags":["a",null],"requester":{"name":null}}""", """{"ticketId":"18362","id":18362,"status":5,"statusText":"closed","tags":["a"]}""")]
    [TestCase(
        """{"id":18362,"subject":"\ud800","product_id":1e30,"status":99999999999,"created_at":"yesterday","updated_at":"0001-01-01T00:00:00+14:00","type":{},"priority":6.5,"tags":"x","requester":{"name":"\udc00","email":7}}""",
        """{"ticketId":"18362","id":18362}""")]
    [TestCase("""{"id":18362,"tags":["a",7]}""", """{"ticketId":"18362","id":18362}""")]
    [TestCase("""{"id":18362,"created_at":"2025-11-19T17:36:28-05:00"}""", """{"ticketId":"18362","id":18362,"created_at":"2025-11-19T22:36:28.000Z"}""")]
    public async Task Leaves_out_what_Freshdesk_does_not_say(string ticket, string data)
    {
        Freshdesk.Next(FakeApi.Body(ticket));

        Assert.That((await Service.Api.GetAsync(Path)).Succeeded().Data.ToJsonString(), Is.EqualTo(data));
    }

    [Test]
    public async Task Says_that_Freshdesk_has_no_such_ticket()
    {
        (await Service.Api.GetAsync("/api/issue-ticket/18363")).Failed(HttpStatusCode.NotFound, "ticket_not_found");

        Assert.That(Freshdesk.Calls, Is.EqualTo(new[] { "GET /api/v2/tickets/18363?include=requester", "GET /api/v2/tickets/archived/18363" }));
    }

    [TestCase("18362x")]
    [TestCase("-18362")]
    [TestCase("%2B18362")]
    [TestCase("18362.0")]
    [TestCase("%2018362")]
    [TestCase("18362%2Fnotes")]
    [TestCase("1836%D9%A2")]
    [TestCase("18362%3Finclude=stats")]
    [TestCase("9223372036854775808")]
    [TestCase("00000000000000018362")]
    public async Task Asks_for_no_ticket_that_cannot_be(string ticketId)
    {
        (await Service.Api.GetAsync($"/api/issue-ticket/{ticketId}")).Failed(HttpStatusCode.NotFound, "ticket_not_found");

        Assert.That(Freshdesk.Calls, Is.Empty);
    }

    [TestCase(301, HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase(400, HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase(401, HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase(403, HttpStatusCode.NotFound, "ticket_not_found")]
    [TestCase(405, HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase(204, HttpStatusCode.BadGateway, "ticket_source_failed")]
    public async Task Does_not_try_again_what_would_fail_again(int status, HttpStatusCode expected, string code)
    {
        Freshdesk.Always = FakeFreshdesk.Status(status);

        var answer = (await Service.Api.GetAsync(Path)).Failed(expected, code);

        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(1));
        Assert.That(answer.Headers.RetryAfter, Is.Null);
    }

    [TestCase(429, "60", 60)]
    [TestCase(429, "3", 3)]
    [TestCase(503, "30", 30)]
    [TestCase(429, "Thu, 20 Nov 2025 10:00:30 GMT", 30)]
    [TestCase(429, "Thu, 20 Nov 2025 10:01:30 GMT", 60)]
    [TestCase(429, "86400", 60)]
    [TestCase(503, "2000000000", 60)]
    [TestCase(429, null, 60)]
    [TestCase(429, "soon", 60)]
    [TestCase(429, "-5", 60)]
    public async Task Tells_when_to_try_again_a_minute_later_at_most(int status, string? retryAfter, int seconds)
    {
        Freshdesk.Always = FakeFreshdesk.Status(status, retryAfter);

        var answer = (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");

        Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Tries_again_what_may_succeed([ValueSource(nameof(WaysToFail))] string way, [Values(1, 2)] int times)
    {
        Freshdesk.Next(Enumerable.Repeat(Failing[way], times));

        (await Time.LetPassUntilAsync(Service.Api.GetAsync(Path))).Succeeded();

        Assert.That(Freshdesk.Calls, Is.EqualTo(Enumerable.Repeat(Call, times + 1)));
    }

    public static IEnumerable<string> WaysToFail => Failing.Keys;

    [TestCase("drops", HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable")]
    [TestCase("closes", HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable")]
    [TestCase("truncates", HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase("500", HttpStatusCode.BadGateway, "ticket_source_failed")]
    [TestCase("503", HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable")]
    [TestCase("429", HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable")]
    public async Task Gives_up_after_three_attempts(string way, HttpStatusCode status, string code)
    {
        Freshdesk.Always = Failing[way];

        (await Time.LetPassUntilAsync(Service.Api.GetAsync(Path))).Failed(status, code);

        Assert.That(Freshdesk.Calls, Is.EqualTo(Enumerable.Repeat(Call, 3)));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("<html>Maintenance</html>")]
    [TestCase("""{"id":18362""")]
    [TestCase("""{"id":18363}""")]
    [TestCase("""{"id":"18362"}""")]
    public async Task Says_that_an_answer_cannot_be_used(string body)
    {
        Freshdesk.Always = FakeApi.Body(body);

        (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");
    }

    [TestCase("Content-Type: application/json; charset=bogus", 200)]
    [TestCase("Content-Type: application/json; charset=utf-16", 200)]
    [TestCase("Content-Type: text/html", 200)]
    [TestCase("Content-Encoding: gzip", 502)]
    [TestCase("Content-Encoding: br", 502)]
    public async Task Reads_a_ticket_whatever_it_is_said_to_be_unless_it_cannot_be_read(string header, int status)
    {
        Freshdesk.Always = FakeApi.Raw($"HTTP/1.1 200 OK\r\n{header}\r\nContent-Length: 12\r\n\r\n{{\"id\":18362}}");

        Assert.That((int)(await Time.LetPassUntilAsync(Service.Api.GetAsync(Path))).Status, Is.EqualTo(status));
    }

    [TestCase("{\"subject\":\"Josh\"}\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nJosh\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"requester\":{\"Josh\"")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"id\":\"Josh\"}")]
    public async Task Logs_nothing_of_what_it_could_not_read(string answer)
    {
        Freshdesk.Always = FakeApi.Raw(answer);

        (await Time.LetPassUntilAsync(Service.Api.GetAsync(Path))).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");

        Assert.That(Service.Log.Lines, Has.Some.Contains("Answered ticket_source_failed").And.None.Contains("Josh"));
    }

    [Test]
    public async Task Asks_nothing_more_until_Freshdesk_takes_calls_again()
    {
        Freshdesk.Next(FakeFreshdesk.Status(429, "30"));
        (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");

        Time.Advance(TimeSpan.FromSeconds(10));
        var other = (await Service.Api.GetAsync("/api/issue-ticket/18363")).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        Assert.That(other.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(20)));
        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(1));

        Time.Advance(TimeSpan.FromSeconds(20));
        (await Service.Api.GetAsync(Path)).Succeeded();
    }

    /// <summary>Whichever of two answers comes last, and also for what is tried again meanwhile.</summary>
    [Test]
    public async Task Asks_nothing_more_until_the_latest_time_that_Freshdesk_named()
    {
        var held = new TaskCompletionSource();
        Freshdesk.Next(
            async context =>
            {
                await held.Task;
                await FakeFreshdesk.Status(429, "3")(context);
            },
            async context =>
            {
                await held.Task;
                await FakeFreshdesk.Status(500)(context);
            },
            FakeFreshdesk.Status(429, "60"));
        Service = Start(("Freshdesk:RateLimitFloor", "0"));
        var shorter = Service.Api.GetAsync("/api/issue-ticket/1");
        await UntilAsync(() => Freshdesk.Calls.Count == 1);
        var failing = Service.Api.GetAsync("/api/issue-ticket/2");
        await UntilAsync(() => Freshdesk.Calls.Count == 2);
        (await Service.Api.GetAsync("/api/issue-ticket/3")).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        held.SetResult();

        (await shorter).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        (await Time.LetPassUntilAsync(failing)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(3));
    }

    [TestCase("429 Too Many Requests\r\nRetry-After: 30", HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable")]
    [TestCase("404 Not Found", HttpStatusCode.NotFound, "ticket_not_found")]
    [TestCase("401 Unauthorized", HttpStatusCode.BadGateway, "ticket_source_failed")]
    public async Task Knows_a_status_without_its_body(string head, HttpStatusCode status, string code)
    {
        Freshdesk.Always = FakeApi.Raw($"HTTP/1.1 {head}\r\nContent-Encoding: gzip\r\nContent-Length: 2000\r\n\r\nnonsense");

        (await Service.Api.GetAsync(Path)).Failed(status, code);

        Assert.That(Freshdesk.Calls.Count(call => call == Call), Is.EqualTo(1));
    }

    /// <summary>Freshdesk's limits are per minute; a nonsensical time must not end look-ups for good.</summary>
    [Test]
    public async Task Asks_again_after_a_minute_at_the_latest()
    {
        Freshdesk.Next(FakeFreshdesk.Status(429, "2000000000"));
        (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");

        Time.Advance(TimeSpan.FromSeconds(60));
        (await Service.Api.GetAsync(Path)).Succeeded();
    }

    [Test]
    public async Task Reads_no_endless_answer()
    {
        Freshdesk.Always = FakeApi.Body($$"""{"id":18362,"subject":"{{new string('x', 5 * 1024 * 1024)}}"}""");

        (await Time.LetPassUntilAsync(Service.Api.GetAsync(Path))).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Gives_up_within_10_seconds(bool begins)
    {
        Freshdesk.Always = begins ? FakeApi.StallAsync : FakeApi.HangAsync;
        var start = Time.GetUtcNow();

        (await Time.LetPassUntilAsync(Service.Api.GetAsync(Path))).Failed(HttpStatusCode.GatewayTimeout, "ticket_source_timeout");

        Assert.That(Time.GetUtcNow() - start, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(10.5)));
    }

    [Test]
    public async Task Says_that_Freshdesk_cannot_be_reached()
    {
        Service = Start(("Freshdesk:BaseUrl", "http://127.0.0.1:1"));

        (await Time.LetPassUntilAsync(Service.Api.GetAsync(Path))).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
    }

    [Test]
    public async Task Leaves_Freshdesk_alone_for_a_while_when_it_keeps_failing()
    {
        Freshdesk.Always = Failing["500"];
        (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");
        (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");
        Freshdesk.Always = null;

        var refused = (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(15)));
        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(6));

        Time.Advance(TimeSpan.FromSeconds(16));
        (await Service.Api.GetAsync(Path)).Succeeded();
    }

    [Test]
    public async Task Asks_once_for_all_who_ask_at_the_same_time()
    {
        var held = new TaskCompletionSource();
        Freshdesk.Next(async context =>
        {
            await held.Task;
            await FakeApi.Body("""{"id":18362}""")(context);
        });

        // At the port, where a call has joined the others once it returns.
        var source = Service.Services.GetServices<ITicketSystem>().Single();
        using var impatient = new CancellationTokenSource();
        var leaves = source.FindAsync("18362", impatient.Token);
        var answers = Enumerable.Range(0, 20).Select(i => source.FindAsync(i % 2 == 0 ? "18362" : "0018362", default)).ToList();

        // Whoever asked first and goes away takes nobody's answer along.
        await impatient.CancelAsync();
        Assert.That(async () => await leaves, Throws.InstanceOf<OperationCanceledException>());
        held.SetResult();

        Assert.That((await Task.WhenAll(answers)).Select(ticket => ticket?.TicketId), Is.All.EqualTo("18362"));
        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(1));
    }

    [TestCase("18362", 1)]
    [TestCase("18363", 2)]
    [TestCase("9021", 2)]
    public async Task Asks_again_once_an_answer_is_30_seconds_old(string ticketId, int calls)
    {
        await Service.Api.GetAsync($"/api/issue-ticket/{ticketId}");
        Time.Advance(TimeSpan.FromSeconds(29));
        await Service.Api.GetAsync($"/api/issue-ticket/{ticketId}");
        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(calls));

        Time.Advance(TimeSpan.FromSeconds(2));
        await Service.Api.GetAsync($"/api/issue-ticket/{ticketId}");
        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(calls * 2));
    }

    [Test]
    public async Task Keeps_no_failure()
    {
        Freshdesk.Next(FakeFreshdesk.Status(401));

        (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");
        (await Service.Api.GetAsync(Path)).Succeeded();
    }

    [Test]
    public async Task Says_in_the_log_and_to_callers_what_is_wrong_and_nothing_secret()
    {
        Service = Start(("Freshdesk:ApiKey", "another-key"));

        var answer = (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.BadGateway, "ticket_source_failed");
        Freshdesk.Next(FakeApi.Body("""{"id":18362,"subject":"Where is it, Josh?","requester":{"email":"josh@example.com"}}"""));
        (await Service.Api.GetAsync(Path)).Succeeded();

        Assert.That(Service.Log.Lines, Has.Some.Contains("Answered ticket_source_failed").And.Some.Contains("the status 401"));
        var told = string.Join('\n', [.. Service.Log.Lines, answer.Text]);
        Assert.That(told, Does.Not.Contain("another-key").And.Not.Contain("YW5vdGhlci1rZXk6WA").And.Not.Contain("josh").IgnoreCase);
    }

    [Test]
    public async Task The_fake_is_one_that_a_client_of_somebody_elses_works_with()
    {
        const string Project = "tests/FreshdeskApi";
        await NodeProject.RequireAsync(Project);

        var ticket = await LookUpAsync(FakeFreshdesk.ApiKey, "18362");
        Assert.That((long)ticket["product_id"]!, Is.EqualTo(154000093699));
        Assert.That(ticket["requester"], Is.Null);
        Assert.That((string?)(await LookUpAsync(FakeFreshdesk.ApiKey, "18362?include=requester"))["requester"]!["name"], Is.EqualTo("Josh"));
        var statuses = (await LookUpAsync(FakeFreshdesk.ApiKey, "fields")).AsArray().Single(field => (string?)field!["name"] == "status")!["choices"];
        Assert.That(statuses!["6"]!.AsArray().Select(text => (string?)text), Is.EqualTo(new[] { "Waiting on Customer", "Being waited for" }));
        Assert.That((int)(await LookUpAsync(FakeFreshdesk.ApiKey, "1"))["status"]!, Is.EqualTo(404));
        Assert.That((bool)(await LookUpAsync(FakeFreshdesk.ApiKey, "archived/9021"))["archived"]!, Is.True);
        Assert.That((int)(await LookUpAsync(FakeFreshdesk.ApiKey, "archived/1"))["status"]!, Is.EqualTo(404));
        Assert.That((string?)(await LookUpAsync("another-key", "18362"))["data"]!["code"], Is.EqualTo("invalid_credentials"));
        Freshdesk.Next(FakeFreshdesk.Status(429, "60"));
        Assert.That((int)(await LookUpAsync(FakeFreshdesk.ApiKey, "18362"))["retryAfter"]!, Is.EqualTo(60));

        async Task<System.Text.Json.Nodes.JsonNode> LookUpAsync(string key, string id) =>
            await NodeProject.RunAsync(Project, "client.mjs", Freshdesk.BaseUrl, key, id);
    }
}
