using System.Net;
using Microsoft.AspNetCore.Http;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

/// <summary>What Freshdesk said of a ticket before, for the time in which it takes no calls.</summary>
public sealed class FreshdeskKeptTests : FreshdeskFixture
{
    private const string Other = "/api/issue-ticket/18363";

    private static readonly Dictionary<string, (Func<HttpContext, Task> Way, string Code)> Failing = new()
    {
        ["401"] = (FakeFreshdesk.Status(401), "ticket_source_failed"),
        ["403"] = (FakeFreshdesk.Status(403), "ticket_not_found"),
        ["403 for the key"] = (FakeFreshdesk.Forbidden("account_suspended"), "ticket_source_failed"),
        ["404"] = (FakeFreshdesk.Status(404), "ticket_not_found"),
        ["500"] = (FakeFreshdesk.Status(500), "ticket_source_failed"),
        ["503 for a minute"] = (FakeFreshdesk.Status(503, "60"), "ticket_source_unavailable"),
        ["drops"] = (FakeApi.DropAsync, "ticket_source_unavailable"),
        ["hangs"] = (FakeApi.HangAsync, "ticket_source_timeout"),
        ["is nonsense"] = (FakeApi.Body("{}"), "ticket_source_failed"),
    };

    public static IEnumerable<string> WaysToFail => Failing.Keys;

    [SetUp]
    public async Task LookUpAndLetTheAnswerGrowOld()
    {
        (await Service.Api.GetAsync(Path)).Succeeded();
        Time.Advance(TimeSpan.FromSeconds(31));
        Freshdesk.Ticket = Freshdesk.Ticket.Replace("\"status\":2", "\"status\":4", StringComparison.Ordinal);
    }

    [Test]
    public async Task Serves_the_one_who_is_refused_and_all_until_Freshdesk_takes_calls_again()
    {
        Freshdesk.Next(FakeFreshdesk.Status(429, "30"));

        Assert.That(await StatusAsync(), Is.EqualTo(2));
        Time.Advance(TimeSpan.FromSeconds(29));
        Assert.That(await StatusAsync(), Is.EqualTo(2));
        Assert.That(await StatusAsync("/api/issue-ticket/0018362"), Is.EqualTo(2));
        Assert.That(Freshdesk.Calls, Has.Count.EqualTo(2));

        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await StatusAsync(), Is.EqualTo(4));
    }

    [TestCase(null)]
    [TestCase("soon")]
    [TestCase("1")]
    public async Task Serves_however_long_Freshdesk_says_that_it_takes_no_calls(string? retryAfter)
    {
        Freshdesk.Always = FakeFreshdesk.Status(429, retryAfter);

        Assert.That((int)(await Time.LetPassUntilAsync(Service.Api.GetAsync(Path))).Succeeded().Data["status"]!, Is.EqualTo(2));
    }

    [Test]
    public async Task Serves_while_few_calls_are_left()
    {
        (Freshdesk.Remaining, Freshdesk.HasEveryTicket) = ("9.0", true);
        (await Service.Api.GetAsync(Other)).Succeeded();

        Assert.That(await StatusAsync(), Is.EqualTo(2));
        Time.Advance(TimeSpan.FromSeconds(60));
        Assert.That(await StatusAsync(), Is.EqualTo(4));
    }

    [Test]
    public async Task Serves_the_one_whose_call_would_be_one_too_many()
    {
        (Freshdesk.Remaining, Freshdesk.HasEveryTicket) = ("10.0", true);
        (await Service.Api.GetAsync(Other)).Succeeded();
        var held = new TaskCompletionSource();
        Freshdesk.Next(async context =>
        {
            await held.Task;
            await FakeApi.Body("""{"id":1}""")(context);
        });
        var other = Service.Api.GetAsync("/api/issue-ticket/1");
        await UntilAsync(() => Freshdesk.Calls.Count == 3);

        Assert.That(await StatusAsync(), Is.EqualTo(2));

        held.SetResult();
        (await other).Succeeded();
    }

    [Test]
    public async Task Serves_for_10_minutes_since_Freshdesk_said_it()
    {
        Time.Advance(TimeSpan.FromSeconds(599 - 31));
        Freshdesk.Next(FakeFreshdesk.Status(429, "60"));
        Assert.That(await StatusAsync(), Is.EqualTo(2));

        Time.Advance(TimeSpan.FromSeconds(1));
        var answer = (await Service.Api.GetAsync(Path)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(59)));
    }

    [TestCaseSource(nameof(WaysToFail))]
    public async Task Serves_nobody_when_Freshdesk_fails_otherwise(string way)
    {
        Freshdesk.Always = Failing[way].Way;

        Assert.That(CodeOf(await Time.LetPassUntilAsync(Service.Api.GetAsync(Path))), Is.EqualTo(Failing[way].Code));
    }

    /// <summary>Also where Freshdesk takes no calls by the time that this one has failed.</summary>
    [TestCase("403")]
    [TestCase("403 for the key")]
    [TestCase("503 for a minute")]
    [TestCase("is nonsense")]
    public async Task Serves_nobody_whose_own_call_failed_otherwise(string way)
    {
        var held = new TaskCompletionSource();
        Freshdesk.Next(
            async context =>
            {
                await held.Task;
                await Failing[way].Way(context);
            },
            FakeFreshdesk.Status(429, "60"));
        var answer = Service.Api.GetAsync(Path);
        await UntilAsync(() => Freshdesk.Calls.Count == 2);
        (await Service.Api.GetAsync(Other)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
        held.SetResult();

        Assert.That(CodeOf(await answer), Is.EqualTo(Failing[way].Code));
    }

    /// <summary>What is gone is known by nobody any more, however often it was seen before.</summary>
    [TestCase(Path)]
    [TestCase(Other)]
    public async Task Keeps_no_ticket_that_is_not_there(string path) =>
        await AssertForgottenAsync(path, FakeFreshdesk.Status(404));

    [Test]
    public async Task Keeps_no_ticket_that_was_deleted() =>
        await AssertForgottenAsync(Path, FakeApi.Body("""{"id":18362,"deleted":true}"""));

    [Test]
    public async Task Keeps_no_ticket_that_it_may_no_longer_see() =>
        await AssertForgottenAsync(Path, FakeFreshdesk.Status(403));

    /// <summary>What was said of it as long as it was a current one is true of the archived one, too.</summary>
    [Test]
    public async Task Serves_a_ticket_that_may_have_been_archived()
    {
        Freshdesk.Next(FakeFreshdesk.Status(404));
        Freshdesk.InsteadOfArchive = FakeFreshdesk.Status(429, "30");

        Assert.That(await StatusAsync(), Is.EqualTo(2));
    }

    private async Task AssertForgottenAsync(string path, Func<HttpContext, Task> gone)
    {
        Freshdesk.Next(gone);
        (await Service.Api.GetAsync(path)).Failed(HttpStatusCode.NotFound, "ticket_not_found");
        Time.Advance(TimeSpan.FromSeconds(31));
        Freshdesk.Next(FakeFreshdesk.Status(429, "60"));

        (await Service.Api.GetAsync(path)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable");
    }

    private async Task<int> StatusAsync(string path = Path) => (int)(await Service.Api.GetAsync(path)).Succeeded().Data["status"]!;
}
