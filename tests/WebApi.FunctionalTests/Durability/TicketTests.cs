using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Tickets;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Durability;

/// <summary>A ticket gets one issue, and at once, wherever an instance that makes it ends, stalls or loses the way to its store.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class TicketTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private readonly MortalStore store = new();
    private readonly Service survivor;
    private readonly Service mortal;

    public TicketTests(StoreKind store)
    {
        var tickets = FakeTickets.Only(new FakeTickets(id => new Ticket { TicketId = id, OrderId = "A-1" }));
        survivor = Service.On(store, time, tickets);
        mortal = survivor.Another(this.store.Configure + tickets);
    }

    public void Dispose()
    {
        mortal.Dispose();
        survivor.Dispose();
    }

    [Test]
    public async Task Has_one_issue_when_the_instance_ends([Values(CrashPoint.AfterRecord, CrashPoint.BeforeWrite, CrashPoint.AfterWrite)] CrashPoint at)
    {
        var id = NewId();
        await EndAsync(id, at);

        await AssertOneAsync(id, at == CrashPoint.AfterWrite ? HttpStatusCode.OK : HttpStatusCode.Created);
    }

    [Test]
    public async Task Has_one_issue_when_the_next_instance_ends_too([Values(CrashPoint.BeforeWrite, CrashPoint.AfterWrite)] CrashPoint then)
    {
        var id = NewId();
        await EndAsync(id, CrashPoint.AfterRecord);
        await EndAsync(id, then);

        await AssertOneAsync(id, then == CrashPoint.AfterWrite ? HttpStatusCode.OK : HttpStatusCode.Created);
    }

    [Test]
    public async Task Has_one_issue_when_the_instance_ends_that_found_the_last_one_with_another_ticket()
    {
        var id = NewId();
        var last = (await CreateAsync(survivor.Api, id)).Succeeded(HttpStatusCode.Created);
        (await survivor.Api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{last.IssueId}", $$"""{"ticketId":"{{NewId()}}"}""")).Succeeded();
        await EndAsync(id, CrashPoint.AfterRecord);

        Assert.That((await AssertOneAsync(id, HttpStatusCode.Created)).IssueId, Is.Not.EqualTo(last.IssueId));
    }

    [Test]
    public async Task Has_one_issue_when_another_makes_it_while_the_first_stalls()
    {
        var id = NewId();
        var (stalls, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        store.Write = async write =>
        {
            stalls.SetResult();
            await goesOn.Task;
            await write();
        };
        var stalled = CreateAsync(mortal.Api, id);
        await stalls.Task;

        var made = await AssertOneAsync(id, HttpStatusCode.Created);
        goesOn.SetResult();

        Assert.That((await stalled).Succeeded().Text, Is.EqualTo(made.Text));
        await AssertOneAsync(id, HttpStatusCode.OK);
    }

    [Test]
    public async Task Does_not_get_the_issue_that_was_given_another_ticket_while_the_first_stalls()
    {
        var id = NewId();
        var (stalls, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        store.Write = async write =>
        {
            stalls.TrySetResult();
            await goesOn.Task;
            await write();
        };
        var stalled = CreateAsync(mortal.Api, id);
        await stalls.Task;
        var made = (await CreateAsync(survivor.Api, id)).Succeeded(HttpStatusCode.Created);
        (await survivor.Api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{made.IssueId}", $$"""{"ticketId":"{{NewId()}}"}""")).Succeeded();
        goesOn.SetResult();

        var late = (await stalled).Succeeded(HttpStatusCode.Created);

        Assert.That(late.IssueId, Is.Not.EqualTo(made.IssueId));
        Assert.That((await AssertOneAsync(id, HttpStatusCode.OK)).Text, Is.EqualTo(late.Text));
    }

    [Test]
    public async Task Has_one_issue_when_nobody_knows_whether_it_was_written([Values] bool tookEffect)
    {
        var id = NewId();
        store.Write = async write =>
        {
            await (tookEffect ? write() : Task.CompletedTask);
            throw new FailureException(FailureCode.StoreUnavailable, "The connection broke.");
        };
        (await CreateAsync(mortal.Api, id)).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");

        await AssertOneAsync(id, tookEffect ? HttpStatusCode.OK : HttpStatusCode.Created);
    }

    [Test]
    public async Task Has_one_issue_when_a_request_with_a_key_is_sent_again([Values] CrashPoint at)
    {
        var (id, key) = (NewId(), Guid.NewGuid().ToString());
        await EndAsync(id, at, key);
        time.Advance(Lease);

        var isWritten = at is CrashPoint.AfterWrite or CrashPoint.BeforeCompletion;
        var answer = (await CreateAsync(survivor.Api, id, key)).Succeeded(isWritten ? HttpStatusCode.OK : HttpStatusCode.Created);

        Assert.That(answer.Headers.Contains("Idempotency-Replayed"), Is.EqualTo(at == CrashPoint.AfterCompletion));
        Assert.That((await CreateAsync(survivor.Api, id, key)).Succeeded(answer.Status).Text, Is.EqualTo(answer.Text));
        Assert.That((await AssertOneAsync(id, HttpStatusCode.OK)).Text, Is.EqualTo(answer.Text));
    }

    [Test]
    public async Task Keeps_its_issue_when_its_record_is_gone()
    {
        var id = NewId();
        var made = await AssertOneAsync(id, HttpStatusCode.Created);
        time.Advance(TimeSpan.FromHours(25));

        Assert.That((await AssertOneAsync(id, HttpStatusCode.OK)).Text, Is.EqualTo(made.Text));
    }

    private static string NewId() => $"{Random.Shared.NextInt64(1_000_000, long.MaxValue)}";

    private static Task<Answer> CreateAsync(Api api, string ticketId, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/order-issue/from-ticket")
        {
            Content = new StringContent($$"""{"source":"freshdesk","ticketId":"{{ticketId}}","issueType":"damaged"}""", Encoding.UTF8, "application/json"),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return api.SendAsync(request);
    }

    private async Task EndAsync(string ticketId, CrashPoint at, string? key = null)
    {
        store.Restart(at);
        var lost = await CreateAsync(mortal.Api, ticketId, key);
        Assert.That((int)lost.Status, Is.EqualTo(500), "Nobody gets the answer of a process that has ended");
    }

    /// <summary>The next request is answered at once, and so is the one after it; the ticket has one issue.</summary>
    private async Task<Answer> AssertOneAsync(string ticketId, HttpStatusCode status)
    {
        var answer = (await CreateAsync(survivor.Api, ticketId)).Succeeded(status);
        Assert.That((await CreateAsync(survivor.Api, ticketId)).Succeeded().Text, Is.EqualTo(answer.Text));
        Assert.That((await survivor.Api.GetAsync($"/api/order-issue?ticketId={ticketId}")).Issues.Count(), Is.EqualTo(1));
        return answer;
    }
}
