using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Tickets;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.HostileInput;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

/// <summary>What is taken from a ticket, and when there is a new issue.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class CreateIssueFromTicketTests : IDisposable
{
    private const string Path = "/api/order-issue/from-ticket";

    private static readonly Ticket Full = new()
    {
        TicketId = "1",
        Subject = "Wrong item (Order: A-1)",
        CreatedAt = new(2025, 11, 20, 10, 15, 0, 123, TimeSpan.FromHours(1)),
        RequesterName = "Maria",
        RequesterEmail = "maria@example.com",
        OrderId = "A-1",
    };

    private readonly StoreKind store;
    private readonly FakeTickets freshdesk;
    private readonly FakeTickets tiktok;
    private readonly Service service;
    private Ticket ticket = Full;
    private FailureException? failure;

    public CreateIssueFromTicketTests(StoreKind store)
    {
        this.store = store;
        freshdesk = new FakeTickets(id => failure is null ? ticket with { TicketId = id } : throw failure);
        tiktok = new FakeTickets(id => ticket with { TicketId = id }, "tiktok");
        service = Service.On(store, FakeTickets.Only(freshdesk, tiktok));
    }

    /// <summary>Values of fields that are taken from the ticket, as they come and as they are stored; null: left out.</summary>
    private static IEnumerable<(string Field, Ticket Told, string? Stored)> Values()
    {
        const string Box = "\U0001F4E6";
        static string Boxes(int count) => string.Concat(Enumerable.Repeat(Box, count));

        yield return ("customerName", Full with { RequesterName = " Jose\u0301 " }, "Jos\u00e9");
        yield return ("customerName", Full with { RequesterName = new string('x', 201) }, new string('x', 200));
        yield return ("customerName", Full with { RequesterName = Boxes(200) }, Boxes(200));
        yield return ("customerName", Full with { RequesterName = Boxes(200) + "x" }, Boxes(200));
        yield return ("customerName", Full with { RequesterName = "x" + Boxes(200) }, "x" + Boxes(199));
        yield return ("customerName", Full with { RequesterName = new string('x', 199) + "  y" }, new string('x', 199));
        yield return ("customerName", Full with { RequesterName = string.Concat(Enumerable.Repeat("e\u0301", 201)) }, new string('\u00e9', 200));
        yield return ("customerName", Full with { RequesterName = " \t" }, null);
        yield return ("customerName", Full with { RequesterName = null }, null);
        yield return ("customerName", Full with { RequesterName = "a\nb" }, null);
        yield return ("customerName", Full with { RequesterName = "a\u0000b" }, null);
        yield return ("customerName", Full with { RequesterName = "a\ud83d" }, null);
        yield return ("customerName", Full with { RequesterName = "a\ufffe" }, null);
        yield return ("customerName", Full with { RequesterName = "a" + new string('\u0301', 31) }, null);

        yield return ("customerEmail", Full with { RequesterEmail = " maria@example.com " }, "maria@example.com");
        yield return ("customerEmail", Full with { RequesterEmail = "" }, null);
        yield return ("customerEmail", Full with { RequesterEmail = null }, null);
        yield return ("customerEmail", Full with { RequesterEmail = "Maria <maria@example.com>" }, null);
        yield return ("customerEmail", Full with { RequesterEmail = new string('x', 310) + "@example.com" }, null);
        yield return ("customerEmail", Full with { RequesterEmail = "a@b\u0000" }, null);

        yield return ("customerReachedAt", Full, "2025-11-20T09:15:00.123Z");
        yield return ("customerReachedAt", Full with { CreatedAt = null }, null);
        yield return ("customerReachedAt", Full with { CreatedAt = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero) }, "2000-01-01T00:00:00.000Z");
        yield return ("customerReachedAt", Full with { CreatedAt = new(1999, 12, 31, 23, 59, 59, TimeSpan.Zero) }, null);
        yield return ("customerReachedAt", Full with { CreatedAt = new(2101, 1, 1, 0, 30, 0, TimeSpan.FromHours(1)) }, "2100-12-31T23:30:00.000Z");
        yield return ("customerReachedAt", Full with { CreatedAt = new(2101, 1, 1, 0, 0, 0, TimeSpan.Zero) }, null);
        yield return ("customerReachedAt", Full with { CreatedAt = DateTimeOffset.MinValue }, null);
        yield return ("customerReachedAt", Full with { CreatedAt = DateTimeOffset.MaxValue }, null);

        yield return ("notes", Full with { Subject = "a\tb\r\nc" }, "a\tb\r\nc");
        yield return ("notes", Full with { Subject = new string('x', 10_001) }, new string('x', 10_000));
        yield return ("notes", Full with { Subject = "x" + Boxes(10_000) }, "x" + Boxes(9_999));
        yield return ("notes", Full with { Subject = "" }, null);
        yield return ("notes", Full with { Subject = null }, null);
        yield return ("notes", Full with { Subject = "a\u001b[2J" }, null);
        yield return ("notes", Full with { Subject = "\udc00" }, null);

        yield return ("OrderId", Full with { OrderId = " #1001 " }, "#1001");
        yield return ("OrderId", Full with { OrderId = new string('x', 128) }, new string('x', 128));
    }

    private static IEnumerable<string?> NoOrders() => [null, "", " \t", ".", "..", " .. ", "a\nb", "a\u0000b", "a\ud800", new string('x', 129), "a" + new string('\u0301', 31)];

    public static IEnumerable<FailureCode> Failures() =>
        [FailureCode.TicketSourceFailed, FailureCode.TicketSourceUnavailable, FailureCode.TicketSourceTimeout];

    public void Dispose() => service.Dispose();

    [Test]
    public async Task Takes_from_the_ticket_what_the_request_leaves_out()
    {
        var answer = (await CreateAsync(NewId())).Succeeded(HttpStatusCode.Created);

        Assert.That(Without(answer.Data, "_id", "issueId", "ticketId", "createdAt", "updatedAt"), Is.EqualTo(
            """
            {"OrderId":"A-1","channel":"freshdesk","source":"freshdesk","items":[],"trackingNumber":[],"customerName":"Maria",
            "customerEmail":"maria@example.com","issueType":"damaged","status":"open","customerReachedAt":"2025-11-20T09:15:00.123Z",
            "notes":"Wrong item (Order: A-1)","discussion":[],"__v":0}
            """.ReplaceLineEndings("")));
        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo($"/api/order-issue/{answer.IssueId}"));
        var read = await service.Api.GetAsync($"/api/order-issue/{answer.IssueId}");
        Assert.That((read.Text, read.Headers.ETag), Is.EqualTo((answer.Text, answer.Headers.ETag)));
    }

    [Test]
    public async Task Leaves_what_the_request_says_as_it_is()
    {
        var said = JsonNode.Parse("""
            {"OrderId":"B-2","customerName":"Ann","customerEmail":"ann@example.com","customerReachedAt":"2025-11-01T00:00:00.000Z","notes":"Told by phone",
            "channel":"email","status":"done","items":[{"sku":"MUG","qty":2}],"trackingNumber":["T1"],"picker":"P","packer":"Q","palletter":"R",
            "shipped_at":"2025-10-30T00:00:00.000Z","createdBy":"Jim","issueType":"refund","source":"freshdesk-us"}
            """)!.AsObject();

        var answer = (await CreateAsync(NewId(), said)).Succeeded(HttpStatusCode.Created);

        foreach (var (name, value) in said)
        {
            Assert.That(answer.Data[name]?.ToJsonString(), Is.EqualTo(value!.ToJsonString()), name);
        }

        Assert.That(answer.Data["issueResolvedAt"]?.ToString(), Is.EqualTo(answer.Data["createdAt"]!.ToString()));
        var history = (await service.Api.GetAsync($"/api/order-issue/{answer.IssueId}/history")).Body["data"]!.AsArray();
        Assert.That(history.Select(entry => ((string?)entry!["action"], (string?)entry["by"])), Is.EqualTo(new[] { ("created", "Jim") }));
    }

    [Test]
    public async Task Cuts_or_leaves_out_what_breaks_a_rule_in_the_ticket()
    {
        using var all = Assert.EnterMultipleScope();
        foreach (var (field, told, stored) in Values())
        {
            ticket = told;
            Assert.That((string?)(await CreateAsync(NewId())).Succeeded(HttpStatusCode.Created).Data[field], Is.EqualTo(stored), $"{field} of {told}");
        }
    }

    [Test]
    public async Task Asks_for_the_order_where_the_ticket_has_none_that_can_be_one()
    {
        using var all = Assert.EnterMultipleScope();
        foreach (var order in NoOrders())
        {
            ticket = Full with { OrderId = order };
            var id = NewId();

            var answer = (await CreateAsync(id, new() { ["OrderId"] = " " })).Failed(HttpStatusCode.BadRequest, "validation_failed");

            Assert.That(answer.Body["errors"]!.ToJsonString(), Is.EqualTo("""{"OrderId":["is required, since no order was found in the ticket"]}"""), order);
            Assert.That(await CountAsync(id), Is.Zero);
            Assert.That((string?)(await CreateAsync(id, new() { ["OrderId"] = "B-2" })).Succeeded(HttpStatusCode.Created).Data["OrderId"], Is.EqualTo("B-2"));
        }
    }

    [Test]
    public async Task Names_everything_that_is_wrong_before_it_asks_for_the_ticket()
    {
        var body = """
            {"source":"email","OrderId":"..","items":[{"sku":"A","qty":0}],"customerEmail":"x","customerReachedAt":"yesterday","notes":"\u0000","channel":"fax"}
            """;

        var answer = (await service.Api.PostAsync(Path, body)).Failed(HttpStatusCode.BadRequest, "validation_failed");

        Assert.That(answer.ErrorFields, Is.EquivalentTo(
            new[] { "source", "ticketId", "issueType", "OrderId", "items[0].qty", "customerEmail", "customerReachedAt", "notes", "channel" }));
        Assert.That((string?)answer.Body["errors"]!["ticketId"]!.AsArray().Single(), Is.EqualTo("is required"));
        Assert.That((string?)answer.Body["errors"]!["source"]!.AsArray().Single(), Is.EqualTo("must be one of freshdesk, tiktok, or start with one of them and '-'"));
        Assert.That(Errors(await service.Api.PostAsync(Path, "{}")), Is.EquivalentTo(new[] { "source", "ticketId", "issueType" }));
        Assert.That(Errors(await CreateAsync(" ")), Is.EquivalentTo(new[] { "ticketId" }));
        Assert.That(Errors(await CreateAsync(new string('1', 129))), Is.EquivalentTo(new[] { "ticketId" }));
        foreach (var source in new[] { "", "freshdesk-", "other", "freshdeskus", "freshdesk-\n", $"freshdesk-{new string('x', 91)}" })
        {
            Assert.That(Errors(await CreateAsync("1", new() { ["source"] = source })), Is.EquivalentTo(new[] { "source" }), source);
        }

        Assert.That(freshdesk.Calls, Is.Zero);

        static IEnumerable<string> Errors(Answer answer) => answer.Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields;
    }

    [Test]
    public async Task Takes_a_number_for_its_digits_and_folds_the_source()
    {
        var answer = (await service.Api.PostAsync(Path, """{"source":" FreshDesk-US ","ticketId":4242,"issueType":"damaged"}""")).Succeeded(HttpStatusCode.Created);

        Assert.That(((string?)answer.Data["ticketId"], (string?)answer.Data["source"]), Is.EqualTo(("4242", "freshdesk-us")));
    }

    [TestCase("freshdesk", null)]
    [TestCase("freshdesk-us", null)]
    [TestCase("freshdesk", "other")]
    [TestCase("email", "freshdesk")]
    public async Task Answers_with_the_issue_that_the_ticket_has_without_asking_for_the_ticket(string source, string? channel)
    {
        var id = NewId();
        var issue = Api.Minimal();
        (issue["source"], issue["channel"], issue["ticketId"]) = (source, channel, id);
        var older = (await service.Api.CreateAsync(issue)).Succeeded(HttpStatusCode.Created);
        var there = (await service.Api.PutAsync($"/api/order-issue/update/{older.Data["OrderId"]}", """{"status":"done"}""")).Succeeded();
        var calls = freshdesk.Calls;

        var answer = (await CreateAsync(id, new() { ["source"] = "freshdesk-eu", ["OrderId"] = "B-2" })).Succeeded();

        Assert.That((answer.Text, answer.Headers.ETag), Is.EqualTo((there.Text, there.Headers.ETag)));
        Assert.That(answer.Headers.Location, Is.Null);
        Assert.That(freshdesk.Calls, Is.EqualTo(calls));
    }

    [Test]
    public async Task Answers_with_the_issue_that_it_made_however_often_it_is_asked()
    {
        var id = NewId();
        var first = (await CreateAsync(id)).Succeeded(HttpStatusCode.Created);

        Assert.That((await CreateAsync(id)).Succeeded().Text, Is.EqualTo(first.Text));
        Assert.That((await CreateAsync($" {id} ", new() { ["OrderId"] = "B-2" })).Succeeded().Text, Is.EqualTo(first.Text));
        Assert.That(await CountAsync(id), Is.EqualTo(1));
    }

    [Test]
    public async Task Takes_the_id_as_the_ticket_system_spells_it()
    {
        using var other = service.Another(FakeTickets.Only(new FakeTickets(asked => Full with { TicketId = asked.TrimStart('0'), OrderId = asked.Length > 6 ? "A-1" : null })));
        var id = NewId();

        var first = (await CreateAsync($"000{id}", null, other.Api)).Succeeded(HttpStatusCode.Created);

        Assert.That((string?)first.Data["ticketId"], Is.EqualTo(id));
        Assert.That((await CreateAsync($"00{id}", null, other.Api)).Succeeded().Text, Is.EqualTo(first.Text));
        Assert.That((await CreateAsync(id, null, other.Api)).Succeeded().Text, Is.EqualTo(first.Text));
    }

    [Test]
    public async Task Keeps_the_id_that_was_asked_for_where_the_ticket_has_one_that_cannot_be_stored([Values("", "a\nb", "a\u0000")] string odd)
    {
        using var other = service.Another(FakeTickets.Only(new FakeTickets(_ => Full with { TicketId = odd })));
        var id = NewId();

        Assert.That((string?)(await CreateAsync(id, null, other.Api)).Succeeded(HttpStatusCode.Created).Data["ticketId"], Is.EqualTo(id));
        Assert.That(await CountAsync(id), Is.EqualTo(1));
    }

    [Test]
    public async Task Makes_an_issue_for_each_system_that_has_a_ticket_of_that_id()
    {
        var id = NewId();

        var first = (await CreateAsync(id)).Succeeded(HttpStatusCode.Created);
        var second = (await CreateAsync(id, new() { ["source"] = "tiktok-de", ["channel"] = "freshdesk" })).Succeeded(HttpStatusCode.Created);

        Assert.That(second.IssueId, Is.Not.EqualTo(first.IssueId));
        Assert.That((await CreateAsync(id, new() { ["source"] = "freshdesk-us" })).Succeeded().IssueId, Is.EqualTo(first.IssueId));
        Assert.That((await CreateAsync(id, new() { ["source"] = "tiktok" })).Succeeded().IssueId, Is.EqualTo(second.IssueId));
    }

    [Test]
    public async Task Makes_one_issue_when_many_ask_two_instances_at_once()
    {
        using var other = service.Another(FakeTickets.Only(freshdesk));
        var id = NewId();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() =>
            CreateAsync(id, new() { ["source"] = i % 3 == 0 ? "freshdesk-us" : "freshdesk" }, i % 2 == 0 ? service.Api : other.Api))));

        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.OK), Is.EqualTo(31));
        Assert.That(answers.Select(answer => answer.Text).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await CountAsync(id), Is.EqualTo(1));
    }

    [Test]
    public async Task Makes_a_new_issue_when_the_one_it_made_was_given_another_ticket()
    {
        using var another = service.Another(FakeTickets.Only(freshdesk));
        var (id, taken) = (NewId(), NewId());
        var first = (await CreateAsync(id)).Succeeded(HttpStatusCode.Created);
        (await service.Api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{first.IssueId}", $$"""{"ticketId":"{{taken}}"}""")).Succeeded();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => CreateAsync(id, null, i % 2 == 0 ? service.Api : another.Api))));

        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Select(answer => answer.Succeeded(answer.Status).IssueId).Distinct(), Has.One.Items.And.None.EqualTo(first.IssueId));
        Assert.That((await CountAsync(id), await CountAsync(taken)), Is.EqualTo((1, 1)));
        Assert.That((await CreateAsync(taken)).Succeeded().IssueId, Is.EqualTo(first.IssueId));
    }

    [TestCaseSource(nameof(Failures))]
    public async Task Passes_on_how_the_ticket_system_failed_and_leaves_nothing_behind(FailureCode code)
    {
        var id = NewId();
        failure = new FailureException(code, "It failed.") { RetryAfter = TimeSpan.FromSeconds(7) };

        var answer = await CreateAsync(id);

        var (status, name) = code switch
        {
            FailureCode.TicketSourceFailed => (HttpStatusCode.BadGateway, "ticket_source_failed"),
            FailureCode.TicketSourceUnavailable => (HttpStatusCode.ServiceUnavailable, "ticket_source_unavailable"),
            _ => (HttpStatusCode.GatewayTimeout, "ticket_source_timeout"),
        };
        answer.Failed(status, name);
        Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(await CountAsync(id), Is.Zero);
        failure = null;
        (await CreateAsync(id)).Succeeded(HttpStatusCode.Created);
    }

    [Test]
    public async Task Says_that_there_is_no_such_ticket_or_no_such_system()
    {
        using var other = service.Another(FakeTickets.Only(new FakeTickets(_ => null)));
        var id = NewId();

        (await CreateAsync(id, null, other.Api)).Failed(HttpStatusCode.NotFound, "ticket_not_found");
        (await CreateAsync(id, new() { ["source"] = "tiktok-de" }, other.Api)).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_not_configured");
        Assert.That(await CountAsync(id), Is.Zero);
    }

    [Test]
    public async Task The_same_key_is_given_the_first_answer_again_and_refused_with_another_body()
    {
        var (id, key) = (NewId(), Guid.NewGuid().ToString());
        var first = (await CreateAsync(id, key: key)).Succeeded(HttpStatusCode.Created);
        (await service.Api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{first.IssueId}", """{"ticketId":"1"}""")).Succeeded();

        var again = (await CreateAsync(id, key: key)).Succeeded(HttpStatusCode.Created);

        Assert.That((again.Text, again.Headers.ETag, again.Headers.Location), Is.EqualTo((first.Text, first.Headers.ETag, first.Headers.Location)));
        Assert.That(again.Headers.GetValues("Idempotency-Replayed"), Is.EqualTo(new[] { "true" }));
        (await CreateAsync(NewId(), key: key)).Failed(HttpStatusCode.UnprocessableEntity, "idempotency_mismatch");
        Assert.That(await CountAsync(id), Is.Zero);
    }

    [Test]
    public async Task The_same_key_is_given_the_issue_again_that_was_there()
    {
        var (id, key) = (NewId(), Guid.NewGuid().ToString());
        var there = (await CreateAsync(id)).Succeeded(HttpStatusCode.Created);

        var first = (await CreateAsync(id, key: key)).Succeeded();
        var again = (await CreateAsync(id, key: key)).Succeeded();

        Assert.That((first.Text, again.Text), Is.EqualTo((there.Text, there.Text)));
        Assert.That((first.Headers.Contains("Idempotency-Replayed"), again.Headers.Contains("Idempotency-Replayed")), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task A_key_may_be_used_again_at_once_for_what_failed()
    {
        var (id, key) = (NewId(), Guid.NewGuid().ToString());
        failure = new FailureException(FailureCode.TicketSourceTimeout, "It took too long.");
        (await CreateAsync(id, key: key)).Failed(HttpStatusCode.GatewayTimeout, "ticket_source_timeout");
        (failure, ticket) = (null, Full with { OrderId = null });
        (await CreateAsync(id, key: key)).Failed(HttpStatusCode.BadRequest, "validation_failed");
        ticket = Full;

        Assert.That((await CreateAsync(id, key: key)).Succeeded(HttpStatusCode.Created).Headers.Contains("Idempotency-Replayed"), Is.False);
        Assert.That(await CountAsync(id), Is.EqualTo(1));
    }

    [Test]
    public async Task Reading_it_is_a_wrong_method()
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Patch })
        {
            var answer = (await service.Api.SendAsync(method, Path, "{}")).Failed(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
            Assert.That(answer.ContentHeaders.Allow, Is.EqualTo(new[] { "POST" }));
        }
    }

    [Test]
    public async Task Is_answered_as_the_OpenAPI_document_shows()
    {
        using var fresh = Service.On(store);
        var operation = (await DescribedOperation.ReadAllAsync(fresh.Api)).Single(operation => operation.IsOnceForTicket);

        var answer = (await fresh.Api.PostAsync(Path, operation.Example.ToJsonString())).Succeeded(HttpStatusCode.Created);

        foreach (var status in new[] { "200", "201" })
        {
            var shown = operation.Description["responses"]![status]!["content"]!["application/json"]!["examples"]!.AsObject().Last().Value!["value"]!["data"]!.AsObject();
            Assert.That(Without(answer.Data, "_id", "createdAt", "updatedAt"), Is.EqualTo(Without(shown, "_id", "createdAt", "updatedAt")));
        }
    }

    private static string NewId() => $"{Random.Shared.NextInt64(1_000_000, long.MaxValue)}";

    private static string Without(JsonObject json, params string[] names) =>
        new JsonObject(json.Where(member => !names.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();

    private Task<Answer> CreateAsync(string ticketId, JsonObject? more = null, Api? api = null, string? key = null)
    {
        var body = new JsonObject { ["source"] = "freshdesk", ["ticketId"] = ticketId, ["issueType"] = "damaged" };
        foreach (var (name, value) in more ?? [])
        {
            body[name] = value?.DeepClone();
        }

        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return (api ?? service.Api).SendAsync(request);
    }

    private async Task<int> CountAsync(string ticketId) => (await service.Api.GetAsync($"/api/order-issue?ticketId={ticketId}")).Issues.Count();
}
