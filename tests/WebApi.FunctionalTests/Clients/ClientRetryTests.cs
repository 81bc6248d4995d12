using Microsoft.Extensions.Time.Testing;
using OrderIssues.Client;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using static OrderIssues.WebApi.FunctionalTests.Clients.DotnetClient;
using static OrderIssues.WebApi.FunctionalTests.Clients.Steps;

namespace OrderIssues.WebApi.FunctionalTests.Clients;

/// <summary>What is tried again, how often, and when.</summary>
public sealed class ClientRetryTests
{
    private readonly FakeTimeProvider time = new();

    /// <summary>Each operation that changes something.</summary>
    private static readonly Dictionary<string, Func<IOrderIssueClient, Task>> Writes = new()
    {
        ["create"] = client => client.CreateIssueAsync(New()),
        ["from-ticket"] = client => client.CreateIssueFromTicketAsync(new() { Source = "freshdesk", TicketId = "1", IssueType = "lost" }),
        ["update"] = client => client.UpdateStatusAsync("A", new() { Status = "done" }),
        ["discussion"] = client => client.AddDiscussionAsync("A", new() { Username = "Ann", Message = "hello" }),
        ["patch"] = client => client.PatchIssueAsync("1600001", new() { Packer = "Jane" }),
    };

    /// <summary>What may have been done.</summary>
    private static readonly Dictionary<string, Step> Unknown = new()
    {
        ["no connection"] = Break,
        ["a proxy's 502"] = Page(502),
        ["a proxy's 500"] = Page(500),
        ["a proxy's 520"] = Page(520),
        ["a proxy's 408"] = Page(408),
        ["half an answer"] = Answer(200, Issue[..90]),
        ["store_unavailable"] = Problem(503, "store_unavailable"),
        ["request_timeout"] = Problem(503, "request_timeout"),
        ["conflict"] = Problem(409, "conflict"),
    };

    private static readonly Dictionary<string, Step> Undone = new()
    {
        ["rate_limited"] = Problem(429, "rate_limited"),
        ["a proxy's 429"] = Page(429),
        ["overloaded"] = Problem(503, "overloaded"),
    };

    private static readonly Dictionary<string, Step> Final = new()
    {
        ["internal_error"] = Problem(500, "internal_error"),
        ["ticket_source_timeout"] = Problem(504, "ticket_source_timeout"),
        ["ticket_source_failed"] = Problem(502, "ticket_source_failed"),
        ["ticket_source_not_configured"] = Problem(503, "ticket_source_not_configured"),
        ["query_timeout"] = Problem(503, "query_timeout"),
        ["issue_full"] = Problem(422, "issue_full"),
        ["a proxy's 404"] = Page(404),
        ["another program's answer"] = Answer(200, "{}"),
    };

    private static IEnumerable<string> WriteNames => Writes.Keys;

    private static IEnumerable<string> UnknownNames => Unknown.Keys;

    private static IEnumerable<string> UndoneNames => Undone.Keys;

    private static IEnumerable<string> FinalNames => Final.Keys;

    [TestCaseSource(nameof(UnknownNames))]
    public async Task A_read_is_tried_again_that_failed_with_what_passes(string answer)
    {
        var script = new Script(Unknown[answer], Unknown[answer], Succeed);
        await time.LetPassUntilAsync(Of(script, time).GetIssueAsync("1600001"), 100);
        Assert.That(script.Requests, Has.Count.EqualTo(3));
    }

    [TestCaseSource(nameof(FinalNames))]
    public async Task What_does_not_pass_is_not_tried_again(string answer)
    {
        var script = new Script(Final[answer], Succeed);
        await FailureOf(time.LetPassUntilAsync(Of(script, time).GetIssueAsync("1600001"), 100));
        Assert.That(script.Requests, Has.Count.EqualTo(1));
    }

    /// <summary>Its outcome isn't known: only a key keeps a second try from doing it twice.</summary>
    [Test]
    public async Task A_write_is_tried_again_with_the_same_key_and_body([ValueSource(nameof(WriteNames))] string write, [ValueSource(nameof(UnknownNames))] string answer)
    {
        var script = new Script(Unknown[answer], Unknown[answer], Succeed);

        await time.LetPassUntilAsync(DoneAsync(Writes[write](Of(script, time))), 100);

        Assert.That(script.HeadersOf("Idempotency-Key").ToList(), Has.Count.EqualTo(3).And.All.EqualTo(script.HeadersOf("Idempotency-Key").First()).And.All.Match("^[0-9a-f]{32}$"));
        Assert.That(script.Bodies, Is.All.EqualTo(script.Bodies[0]));
    }

    [Test]
    public async Task What_did_nothing_is_tried_again_whatever_it_is([ValueSource(nameof(WriteNames))] string write, [ValueSource(nameof(UndoneNames))] string answer)
    {
        var script = new Script(Undone[answer], Undone[answer], Succeed);
        await time.LetPassUntilAsync(DoneAsync(Writes[write](Of(script, time))), 100);
        Assert.That(script.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_write_whose_answer_is_cut_off_is_done_once([Values] StoreKind store)
    {
        using var real = new HttpMessageInvoker(new SocketsHttpHandler());
        var (address, body, script) = (Shared.On(store).Address, New(), new Script(Cut(real), Cut(real), Pass(real)));

        var created = await time.LetPassUntilAsync(Of(options => options.BaseUrl = address, script, time).CreateIssueAsync(body));

        var all = await Of(Shared.On(store)).ListIssuesAsync(new() { OrderId = [body.OrderId] });
        Assert.That((all.Data.Single().IssueId, created.Replayed), Is.EqualTo((created.Data.IssueId, true)));
    }

    /// <summary>On a real connection, as it is when a service restarts.</summary>
    [Test]
    public async Task A_dropped_closed_or_truncated_answer_is_tried_again()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Next(FakeGateway.DropAsync, FakeGateway.CloseAsync, FakeGateway.TruncateAsync);

        var created = await Of(options => options.BaseUrl = new(gateway.BaseUrl)).CreateIssueAsync(New());

        Assert.That((created.Data.IssueId, gateway.Calls.Count), Is.EqualTo(("1600001", 4)));
    }

    [Test]
    public async Task Tries_outlast_a_restart_and_the_last_failure_is_told()
    {
        var (script, start) = (new Script(Problem(503, "store_unavailable")), time.GetUtcNow());

        var failure = await FailureOf(time.LetPassUntilAsync(Of(script, time).GetIssueAsync("1600001"), 60));

        Assert.That(failure.Code, Is.EqualTo(ProblemCode.StoreUnavailable));
        Assert.That((time.GetUtcNow() - start).TotalSeconds, Is.InRange(11, 30));
        Assert.That(script.Requests, Has.Count.EqualTo(7));
    }

    [TestCase("10", 10)]
    [TestCase("date", 10)]
    public async Task A_try_waits_for_as_long_as_the_service_says(string retryAfter, int seconds)
    {
        var start = time.GetUtcNow();
        var value = retryAfter == "date" ? start.AddSeconds(seconds).ToString("R") : retryAfter;
        var script = new Script(Problem(503, "overloaded", ("Retry-After", value)), Succeed);

        await time.LetPassUntilAsync(Of(script, time).GetIssueAsync("1600001"), 50);

        Assert.That((time.GetUtcNow() - start).TotalSeconds, Is.InRange(seconds - 1, seconds + 2));
    }

    [Test]
    public async Task A_wait_beyond_the_deadline_is_not_waited()
    {
        var (script, start) = (new Script(Problem(429, "rate_limited", ("Retry-After", "60"))), time.GetUtcNow());

        var failure = await FailureOf(time.LetPassUntilAsync(Of(script, time).GetIssueAsync("1600001")));

        Assert.That((failure.RetryAfter, script.Requests.Count), Is.EqualTo((TimeSpan.FromSeconds(60), 1)));
        Assert.That(time.GetUtcNow(), Is.EqualTo(start));
    }

    [Test]
    public async Task A_deadline_ends_waits_and_tries([Values] bool ofCall)
    {
        var limit = TimeSpan.FromSeconds(5);
        var start = time.GetUtcNow();
        var client = Of(options => options.Deadline = ofCall ? Timeout.InfiniteTimeSpan : limit, new Script(Page(502), Hang), time);

        var failure = await FailureOf(time.LetPassUntilAsync(client.GetIssueAsync("1600001", new() { Deadline = ofCall ? limit : null }), 20));

        Assert.That(failure.Code, Is.EqualTo(ProblemCode.Timeout));
        Assert.That(time.GetUtcNow() - start, Is.InRange(limit, limit * 1.5));
    }

    [Test]
    public async Task A_try_that_gets_no_answer_in_time_is_followed_by_another()
    {
        var script = new Script(Hang, Succeed);

        await time.LetPassUntilAsync(Of(script, time).UpdateStatusAsync("A", new() { Status = "done" }), 1000);

        Assert.That(script.HeadersOf("Idempotency-Key").Distinct().Count(), Is.EqualTo(1));
        Assert.That(script.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_failed_change_tells_the_key_to_go_on_with()
    {
        var script = new Script(Problem(409, "conflict"));

        var failure = await FailureOf(time.LetPassUntilAsync(Of(script, time).UpdateStatusAsync("A", new() { Status = "done" }), 1000));

        Assert.That(failure.IdempotencyKey, Is.EqualTo(script.HeadersOf("Idempotency-Key").First()));
    }

    [TestCase(0)]
    [TestCase(-5)]
    public void Takes_no_deadline_that_is_over(int seconds) =>
        Assert.That(() => new GetIssueOptions { Deadline = TimeSpan.FromSeconds(seconds) }, Throws.TypeOf<ArgumentOutOfRangeException>());

    private static CreateIssueRequest New() => new() { OrderId = Api.NewOrder(), Source = "email", IssueType = "damaged" };

    private static async Task<bool> DoneAsync(Task call)
    {
        await call;
        return true;
    }
}
