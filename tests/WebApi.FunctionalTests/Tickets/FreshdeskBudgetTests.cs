using System.Net;
using Microsoft.AspNetCore.Http;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

/// <summary>Freshdesk's limit is the whole account's: the last calls of a minute are its agents'.</summary>
public sealed class FreshdeskBudgetTests : FreshdeskFixture
{
    private const string Other = "/api/issue-ticket/18363";

    [SetUp]
    public void HaveEveryTicket() => Freshdesk.HasEveryTicket = true;

    [TestCase("10.0", null)]
    [TestCase("10", null)]
    [TestCase("699.5", null)]
    [TestCase("9.9", 60)]
    [TestCase("9.0", 60)]
    [TestCase("9", 60)]
    [TestCase("0.0", 60)]
    [TestCase(null, null)]
    [TestCase("few", null)]
    [TestCase("NaN", null)]
    [TestCase("-1.0", null)]
    [TestCase("1e400", null)]
    [TestCase("1e0", null)]
    [TestCase("9,0", null)]
    [TestCase("0x9", null)]
    [TestCase("1000001.0", null)]
    [TestCase("9.0 of 700.0", null)]
    public async Task Asks_nothing_more_when_few_calls_are_left(string? remaining, int? wait)
    {
        Freshdesk.Remaining = remaining;
        (await Service.Api.GetAsync(Path)).Succeeded();

        await AssertWaitAsync(wait);

        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(wait is null ? 2 : 1));
    }

    [Test]
    public async Task Asks_again_once_the_minute_is_over()
    {
        Freshdesk.Remaining = "9.0";
        (await Service.Api.GetAsync(Path)).Succeeded();
        Time.Advance(TimeSpan.FromSeconds(59));
        await AssertWaitAsync(1);
        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(1));

        Time.Advance(TimeSpan.FromSeconds(1));
        await AssertWaitAsync(null);
        await AssertWaitAsync(60, "/api/issue-ticket/18364");
        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(2));
    }

    [TestCase(400, "ticket_source_failed")]
    [TestCase(401, "ticket_source_failed")]
    [TestCase(403, "ticket_not_found")]
    [TestCase(404, "ticket_source_unavailable")]
    [TestCase(429, "ticket_source_unavailable")]
    [TestCase(500, "ticket_source_unavailable")]
    [TestCase(503, "ticket_source_unavailable")]
    public async Task Hears_it_from_every_answer_and_tries_nothing_again_then(int status, string code)
    {
        Freshdesk.Remaining = "9.0";
        Freshdesk.Always = FakeFreshdesk.Status(status, status switch { 429 => "20", 503 => "1", _ => null });

        Assert.That(CodeOf(await Time.LetPassUntilAsync(Service.Api.GetAsync(Path))), Is.EqualTo(code));
        (await Service.Api.GetAsync(Other)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");

        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Hears_it_also_from_an_answer_that_breaks_off()
    {
        Freshdesk.Always = FakeApi.Raw("HTTP/1.1 200 OK\r\nX-RateLimit-Remaining: 9.0\r\nContent-Length: 2000\r\n\r\n{\"id\"");

        Assert.That(CodeOf(await Time.LetPassUntilAsync(Service.Api.GetAsync(Path))), Is.EqualTo("ticket_source_unavailable"));
        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(1));
    }

    /// <summary>It is the one to know when its minute is over.</summary>
    [TestCase("20", 20)]
    [TestCase("2000000000", 60)]
    [TestCase(null, 60)]
    public async Task Waits_no_longer_than_Freshdesk_says(string? retryAfter, int wait)
    {
        Freshdesk.Remaining = "0.0";
        Freshdesk.Next(FakeFreshdesk.Status(429, retryAfter));
        (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");

        await AssertWaitAsync(wait);
    }

    [TestCase("9.0", "698.0", 1)]
    [TestCase("698.0", "9.0", 2)]
    public async Task Holds_for_the_labels_of_statuses_too(string remaining, string remainingThen, int calls)
    {
        Freshdesk.Remaining = remaining;
        Freshdesk.Next(FakeApi.Body("""{"id":18362,"status":6}"""));
        Freshdesk.InsteadOfTicketFields = context =>
        {
            context.Response.Headers["X-RateLimit-Remaining"] = remainingThen;
            return FakeApi.Body(Freshdesk.TicketPrefill)(context);
        };

        Assert.That((string?)(await Service.Api.GetAsync(Path)).Succeeded().Data["statusText"], Is.EqualTo(calls == 1 ? "status 6" : "Waiting on Customer"));
        await AssertWaitAsync(60);

        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(calls));
    }

    [TestCase("100", "99.0", 60)]
    [TestCase("100", "100.0", null)]
    [TestCase("1", "0.5", 60)]
    [TestCase("", "9.0", 60)]
    [TestCase("0", "0.0", null)]
    public async Task Leaves_as_many_calls_as_is_configured(string floor, string remaining, int? wait)
    {
        Service = Start(("Freshdesk:RateLimitFloor", floor));
        Freshdesk.Remaining = remaining;
        (await Service.Api.GetAsync(Path)).Succeeded();

        await AssertWaitAsync(wait);
    }

    /// <summary>None of 20 that come at once may count on calls that the others take.</summary>
    [TestCase("10", "12.0", "1.0", 3)]
    [TestCase("10", "16.0", "3.0", 3)]
    [TestCase("10", "12.5", "2.5", 2)]
    [TestCase("10", "12.0", null, 3)]
    [TestCase("10", "12.0", "some", 3)]
    [TestCase("10", "12.0", "0.0", 3)]
    [TestCase("10", "12.0", "-1", 3)]
    [TestCase("10", "12.0", "1e400", 3)]
    [TestCase("0", "1.0", "1.0", 20)]
    [TestCase("10", "30.0", "1.0", 20)]
    public async Task Counts_calls_that_are_under_way(string floor, string remaining, string? used, int calls)
    {
        Service = Start(("Freshdesk:RateLimitFloor", floor));
        (Freshdesk.Remaining, Freshdesk.Used) = (remaining, used);
        (await Service.Api.GetAsync(Path)).Succeeded();
        var held = new TaskCompletionSource();
        Freshdesk.Always = async context =>
        {
            await held.Task;
            await FoundAsync(context);
        };
        Time.Advance(TimeSpan.FromSeconds(20));

        var answers = Enumerable.Range(1, 20).Select(i => Service.Api.GetAsync($"/api/issue-ticket/{i}")).ToList();
        await UntilAsync(() => answers.Count(answer => answer.IsCompleted) == 20 - calls && Freshdesk.Calls.Count == calls + 1);
        held.SetResult();

        var told = await Task.WhenAll(answers);
        Assert.That(told.Count(answer => CodeOf(answer) is null), Is.EqualTo(calls));
        Assert.That(
            told.Where(answer => CodeOf(answer) == "ticket_source_unavailable").Select(answer => answer.Headers.RetryAfter?.Delta),
            Has.Exactly(20 - calls).Items.And.All.EqualTo(TimeSpan.FromSeconds(40)));
        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(calls + 1));
    }

    /// <summary>The first may find that nothing is left.</summary>
    [TestCase(12, 3)]
    [TestCase(10, 1)]
    [TestCase(698, 20)]
    [TestCase(null, 20)]
    public async Task Asks_once_while_it_does_not_know_how_many_are_left(int? remaining, int calls)
    {
        for (var minute = 1; minute <= 2; minute++)
        {
            var left = remaining ?? 0;
            Freshdesk.Always = context =>
            {
                context.Response.Headers["X-RateLimit-Remaining"] = remaining is null ? "" : $"{Interlocked.Decrement(ref left)}.0";
                return FoundAsync(context);
            };
            var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Service.Api.GetAsync($"/api/issue-ticket/{minute}{i:D3}")));

            Assert.That(answers.Count(answer => CodeOf(answer) is null), remaining is 12 ? Is.InRange(2, calls) : Is.EqualTo(calls));
            Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Test]
    public async Task Asks_again_by_another_call_when_nothing_came_back_from_the_first()
    {
        var held = new TaskCompletionSource();
        Freshdesk.Next(async context =>
        {
            await held.Task;
            await FakeApi.DropAsync(context);
        });
        var answers = Enumerable.Range(1, 5).Select(i => Service.Api.GetAsync($"/api/issue-ticket/{i}")).ToList();
        await UntilAsync(() => Freshdesk.Calls.Count == 1);
        held.SetResult();

        Assert.That((await Time.LetPassUntilAsync(Task.WhenAll(answers))).Select(CodeOf), Is.All.Null);
    }

    /// <summary>Else one bad connection would take all along, and open the circuit breaker.</summary>
    [Test]
    public async Task Waits_for_no_answer_that_does_not_come_soon()
    {
        Freshdesk.Next(FakeApi.HangAsync);
        var hanging = Service.Api.GetAsync("/api/issue-ticket/1");
        await UntilAsync(() => Freshdesk.Calls.Count == 1);

        (await Service.Api.GetAsync(Path)).Succeeded();

        (await Time.LetPassUntilAsync(hanging)).Succeeded();
    }

    /// <summary>A 429 says that none is left, also where it says nothing else.</summary>
    [TestCase(null)]
    [TestCase("1")]
    [TestCase("2")]
    public async Task Does_not_ask_for_everybody_what_is_refused_to_one(string? retryAfter)
    {
        (Freshdesk.Remaining, Freshdesk.Used) = (null, null);
        Freshdesk.Always = FakeFreshdesk.Status(429, retryAfter);

        var answers = await Time.LetPassUntilAsync(Task.WhenAll(Enumerable.Range(1, 20).Select(i => Service.Api.GetAsync($"/api/issue-ticket/{i}"))));

        Assert.That(answers.Select(CodeOf), Is.All.EqualTo("ticket_source_unavailable"));
        Assert.That(Freshdesk.Calls, Has.Count.LessThanOrEqualTo(6));
    }

    /// <summary>What an answer says is left need not be without the calls that were made before it.</summary>
    [Test]
    public async Task Counts_calls_that_are_still_under_way_when_another_is_answered()
    {
        await AssertWaitAsync(null, "/api/issue-ticket/2");
        var held = new TaskCompletionSource();
        Freshdesk.Next(async context =>
        {
            await held.Task;
            await FoundAsync(context);
        });
        var slow = Service.Api.GetAsync("/api/issue-ticket/1");
        await UntilAsync(() => Freshdesk.Calls.Count == 2);
        Freshdesk.Remaining = "10.0";
        (await Service.Api.GetAsync(Path)).Succeeded();

        await AssertWaitAsync(60);
        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(3));

        held.SetResult();
        (await slow).Succeeded();
    }

    /// <summary>Freshdesk counts calls that fail, too.</summary>
    [Test]
    public async Task Counts_attempts_that_nothing_came_back_from()
    {
        Freshdesk.Remaining = "12.0";
        (await Service.Api.GetAsync(Path)).Succeeded();
        Freshdesk.Next(Enumerable.Repeat(FakeApi.DropAsync, 3));
        (await Time.LetPassUntilAsync(Service.Api.GetAsync(Other))).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");

        (await Service.Api.GetAsync(Other)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");

        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(4));
    }

    private static Task FoundAsync(HttpContext context) =>
        FakeApi.Body($$"""{"id":{{context.Request.Path.Value!.Split('/')[^1]}}}""")(context);

    private async Task AssertWaitAsync(int? wait, string path = Other)
    {
        var answer = await Service.Api.GetAsync(path);
        if (wait is { } seconds)
        {
            answer.Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
            Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
        }
        else
        {
            answer.Succeeded();
        }
    }
}
