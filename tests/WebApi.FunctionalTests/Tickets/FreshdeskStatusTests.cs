using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Domain.Tickets;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

/// <summary>The words for the statuses that an account made for itself, which a look-up can do without.</summary>
public sealed class FreshdeskStatusTests : FreshdeskFixture
{
    private const string FieldsCall = "GET /api/v2/ticket_fields";

    private static readonly Dictionary<string, Func<HttpContext, Task>> Failing = new()
    {
        ["301"] = FakeFreshdesk.Status(301),
        ["401"] = FakeFreshdesk.Status(401),
        ["403"] = FakeFreshdesk.Status(403),
        ["404"] = FakeFreshdesk.Status(404),
        ["429"] = FakeFreshdesk.Status(429),
        ["500"] = FakeFreshdesk.Status(500),
        ["503"] = FakeFreshdesk.Status(503, "60"),
        ["drops"] = FakeApi.DropAsync,
        ["closes"] = FakeApi.CloseAsync,
        ["truncates"] = FakeApi.TruncateAsync,
        ["hangs"] = FakeApi.HangAsync,
        ["stalls"] = FakeApi.StallAsync,
        ["is empty"] = FakeApi.Body(""),
        ["is no JSON"] = FakeApi.Body("<html>josh@example.com</html>"),
        ["is cut off"] = FakeApi.Body("""[{"name":"status","choices":{"6":["Waiting"""),
        ["is null"] = FakeApi.Body("null"),
        ["is an object"] = FakeApi.Body("""{"name":"status","choices":{"6":["Waiting on Customer"]}}"""),
        ["is a text"] = FakeApi.Body("\"status\""),
        ["is endless"] = FakeApi.Body($"[\"{new string('x', 5 * 1024 * 1024)}\"]"),
        ["is half a character"] = FakeApi.Body("""[{"name":"status","choices":{"6":["\ud800"]}}]"""),
    };

    public static IEnumerable<string> WaysToFail => Failing.Keys;

    [SetUp]
    public void MakeStatusCustom() => Freshdesk.Ticket = WithStatus(6);

    [Test]
    public async Task Is_the_label_that_agents_see()
    {
        Assert.That(await StatusTextAsync(), Is.EqualTo("Waiting on Customer"));

        Assert.That(Freshdesk.Calls, Is.EqualTo(new[] { Call, FieldsCall }));
    }

    [TestCase(2, "opening")]
    [TestCase(3, "pending")]
    [TestCase(4, "resolved")]
    [TestCase(5, "closed")]
    public async Task Is_not_asked_for_where_callers_have_a_word_for_it(int status, string text)
    {
        Freshdesk.Ticket = WithStatus(status);

        Assert.That(await StatusTextAsync(), Is.EqualTo(text));

        Assert.That(Freshdesk.Calls, Is.EqualTo(new[] { Call }));
    }

    [TestCase("""[{"name":"status","choices":{"6":["  At the warehouse\n"]}}]""")]
    [TestCase("""[null,1,"status",[],{},{"name":null},{"name":6},{"name":"status","choices":{"6":["At the warehouse",null,{}],"x":1,"":[],"-6":["No"]},"y":{}}]""")]
    [TestCase("""[{"name":"cf_status","choices":{"6":["No"]}},{"name":"Status","choices":{"6":["No"]}},{"name":"status","choices":{"6":["At the warehouse"]}}]""")]
    public async Task Is_read_whatever_else_there_is(string fields)
    {
        Freshdesk.TicketPrefill = fields;

        Assert.That(await StatusTextAsync(), Is.EqualTo("At the warehouse"));
    }

    [TestCase("[]")]
    [TestCase("""[{"name":"status"}]""")]
    [TestCase("""[{"name":"status","choices":null}]""")]
    [TestCase("""[{"name":"status","choices":[["6","No"]]}]""")]
    [TestCase("""[{"name":"status","choices":{}}]""")]
    [TestCase("""[{"name":"status","choices":{"7":["No"],"6 ":["No"],"60":["No"]}}]""")]
    [TestCase("""[{"name":"status","choices":{"6":null}}]""")]
    [TestCase("""[{"name":"status","choices":{"6":"No"}}]""")]
    [TestCase("""[{"name":"status","choices":{"6":{"0":"No"}}}]""")]
    [TestCase("""[{"name":"status","choices":{"6":[]}}]""")]
    [TestCase("""[{"name":"status","choices":{"6":[null,"No"]}}]""")]
    [TestCase("""[{"name":"status","choices":{"6":[6]}}]""")]
    [TestCase("""[{"name":"status","choices":{"6":["",  "No"]}}]""")]
    [TestCase("""[{"name":"status","choices":{"6":[" \t "]}}]""")]
    public async Task Is_a_number_where_Freshdesk_has_no_label_for_it(string fields)
    {
        Freshdesk.TicketPrefill = fields;

        Assert.That(await StatusTextAsync(), Is.EqualTo("status 6"));

        Assert.That(Service.Log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("label")), Has.One.Contains("no label for its status 6"));
    }

    /// <summary>The ticket is known by then. Whatever is wrong takes three seconds at most, is told once, and is tried again a minute later.</summary>
    [TestCaseSource(nameof(WaysToFail))]
    public async Task Is_a_number_where_the_labels_cannot_be_read(string way)
    {
        Freshdesk.InsteadOfTicketFields = Failing[way];
        var start = Time.GetUtcNow();

        var answer = (await Time.LetPassUntilAsync(Service.Api.GetAsync(Path))).Succeeded();

        Assert.That((string?)answer.Data["statusText"], Is.EqualTo("status 6"));
        Assert.That(Time.GetUtcNow() - start, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(3.5)));
        Assert.That(Service.Log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("label")), Has.Exactly(1).Items);
        Assert.That(string.Join('\n', Service.Log.Lines), Does.Not.Contain("josh").IgnoreCase.And.Not.Contain("18362"));

        var calls = FieldsCalls;
        Freshdesk.InsteadOfTicketFields = null;
        Time.Advance(TimeSpan.FromSeconds(55));
        Assert.That(await StatusTextAsync(), Is.EqualTo("status 6"));
        Assert.That(FieldsCalls, Is.EqualTo(calls));

        Time.Advance(TimeSpan.FromSeconds(31));
        Assert.That(await StatusTextAsync(), Is.EqualTo("Waiting on Customer"));
    }

    [Test]
    public async Task Is_read_once_an_hour_for_all_tickets()
    {
        Assert.That(await StatusTextAsync(), Is.EqualTo("Waiting on Customer"));
        Freshdesk.TicketPrefill = Freshdesk.TicketPrefill.Replace("Waiting on Customer", "On hold", StringComparison.Ordinal);
        Freshdesk.Next(FakeApi.Body("""{"id":1,"status":7}"""));
        Assert.That(await StatusTextAsync("/api/issue-ticket/1"), Is.EqualTo("At the warehouse"));
        Time.Advance(TimeSpan.FromMinutes(59));
        Assert.That(await StatusTextAsync(), Is.EqualTo("Waiting on Customer"));
        Assert.That(FieldsCalls, Is.EqualTo(1));

        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await StatusTextAsync(), Is.EqualTo("On hold"));
        Assert.That(FieldsCalls, Is.EqualTo(2));
    }

    /// <summary>The labels that are there stay: those of the other statuses.</summary>
    [Test]
    public async Task Is_looked_for_anew_where_it_is_newer_than_the_labels()
    {
        Assert.That(await StatusTextAsync(), Is.EqualTo("Waiting on Customer"));
        Freshdesk.Ticket = WithStatus(8);
        Freshdesk.InsteadOfTicketFields = FakeFreshdesk.Status(403);
        Time.Advance(TimeSpan.FromSeconds(61));
        Assert.That(await StatusTextAsync(), Is.EqualTo("status 8"));
        Freshdesk.Next(FakeApi.Body("""{"id":1,"status":6}"""));
        Assert.That(await StatusTextAsync("/api/issue-ticket/1"), Is.EqualTo("Waiting on Customer"));

        Freshdesk.InsteadOfTicketFields = FakeApi.Body("""[{"name":"status","choices":{"8":["New"]}}]""");
        Time.Advance(TimeSpan.FromSeconds(61));
        Assert.That(await StatusTextAsync(), Is.EqualTo("New"));
        Assert.That(FieldsCalls, Is.EqualTo(3));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Is_asked_for_once_by_all_who_need_it_at_the_same_time(bool succeeds)
    {
        var held = new TaskCompletionSource();
        Freshdesk.Next(Enumerable.Range(1, 20).Select(i => (Func<HttpContext, Task>)(context => FakeApi.Body($$"""{"id":{{IdOf(context)}},"status":6}""")(context))));
        Freshdesk.InsteadOfTicketFields = async context =>
        {
            await held.Task;
            await (succeeds ? FakeApi.Body(Freshdesk.TicketPrefill) : FakeFreshdesk.Status(403))(context);
        };

        var source = Service.Services.GetServices<ITicketSystem>().Single();
        using var impatient = new CancellationTokenSource();
        var leaves = source.FindAsync("1", impatient.Token);
        await UntilAsync(() => FieldsCalls == 1);
        var answers = Enumerable.Range(2, 19).Select(i => source.FindAsync($"{i}", default)).ToList();
        await UntilAsync(() => Freshdesk.Calls.Count == 21);

        // Whoever asked first and goes away takes nobody's label along.
        await impatient.CancelAsync();
        Assert.That(async () => await leaves, Throws.InstanceOf<OperationCanceledException>());
        held.SetResult();

        Assert.That((await Task.WhenAll(answers)).Select(ticket => ticket?.StatusText), Is.All.EqualTo(succeeds ? "Waiting on Customer" : "status 6"));
        Assert.That(FieldsCalls, Is.EqualTo(1));
        Assert.That(Service.Log.Lines.Count(line => line.Contains("labels of Freshdesk's custom statuses")), Is.EqualTo(succeeds ? 0 : 1));

        static string IdOf(HttpContext context) => context.Request.Path.Value!.Split('/')[^1];
    }

    /// <summary>Where the ticket takes most of them.</summary>
    [Test]
    public async Task Does_not_take_a_look_up_past_its_10_seconds()
    {
        var held = new TaskCompletionSource();
        Freshdesk.Next(FakeApi.HangAsync, FakeApi.HangAsync, async context =>
        {
            await held.Task;
            await FakeApi.Body("""{"id":18362,"status":6}""")(context);
        });
        Freshdesk.InsteadOfTicketFields = FakeApi.HangAsync;
        var start = Time.GetUtcNow();

        var answer = Service.Api.GetAsync(Path);
        await UntilAsync(() =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(Freshdesk.Calls.Count < 3 ? 25 : 0));
            return Freshdesk.Calls.Count == 3;
        });
        Time.Advance(TimeSpan.FromSeconds(1.5));
        held.SetResult();
        await UntilAsync(() => FieldsCalls == 1);

        // No faster than real time, which the answer takes on its way.
        Assert.That((string?)(await Time.LetPassUntilAsync(answer, faster: 1)).Succeeded().Data["statusText"], Is.EqualTo("status 6"));
        Assert.That(Time.GetUtcNow() - start, Is.InRange(TimeSpan.FromSeconds(9.9), TimeSpan.FromSeconds(10.5)));
        Assert.That(FieldsCalls, Is.EqualTo(1));
    }

    /// <summary>Whose answer nobody waited for, its ticket isn't kept without its label.</summary>
    [Test]
    public async Task Is_no_number_because_somebody_else_went_away()
    {
        var held = new TaskCompletionSource();
        Freshdesk.InsteadOfTicketFields = async context =>
        {
            await held.Task;
            await FakeApi.Body(Freshdesk.TicketPrefill)(context);
        };
        var source = Service.Services.GetServices<ITicketSystem>().Single();
        using var impatient = new CancellationTokenSource();
        var leaves = source.FindAsync("18362", impatient.Token);
        await UntilAsync(() => FieldsCalls == 1);
        await impatient.CancelAsync();
        Assert.That(async () => await leaves, Throws.InstanceOf<OperationCanceledException>());
        held.SetResult();

        Assert.That((await source.FindAsync("18362", default))?.StatusText, Is.EqualTo("Waiting on Customer"));
    }

    /// <summary>Three tickets and three failures would be half of six calls, at which tickets wouldn't be looked up for a while.</summary>
    [Test]
    public async Task Stands_in_no_tickets_way_when_it_cannot_be_read()
    {
        Freshdesk.InsteadOfTicketFields = FakeFreshdesk.Status(500, "0");
        (await Service.Api.GetAsync("/api/issue-ticket/1")).Failed(HttpStatusCode.NotFound, "ticket_not_found");
        (await Service.Api.GetAsync("/api/issue-ticket/2")).Failed(HttpStatusCode.NotFound, "ticket_not_found");
        Assert.That(await StatusTextAsync(), Is.EqualTo("status 6"));
        Assert.That(FieldsCalls, Is.EqualTo(3));

        (await Service.Api.GetAsync("/api/issue-ticket/3")).Failed(HttpStatusCode.NotFound, "ticket_not_found");
    }

    private int FieldsCalls => Freshdesk.Calls.Count(call => call == FieldsCall);

    private string WithStatus(int status)
    {
        var ticket = JsonNode.Parse(Freshdesk.Ticket)!;
        ticket["status"] = status;
        return ticket.ToJsonString();
    }

    private async Task<string?> StatusTextAsync(string path = Path) => (string?)(await Service.Api.GetAsync(path)).Succeeded().Data["statusText"];
}
