using System.Net;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Application.Common.Errors;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using OrderIssues.WebApi.FunctionalTests.Issues;

namespace OrderIssues.WebApi.FunctionalTests.Durability;

/// <summary>A request with a key takes effect once, wherever the instance that it came to ends, stalls or loses the way to its store.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class RetryTests : IDisposable
{
    private static readonly string[] Operations = ["create", "discussion", "update", "patch"];
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private readonly MortalStore store = new();
    private readonly Service survivor;
    private readonly Service mortal;

    public RetryTests(StoreKind store)
    {
        survivor = Service.On(store, time);
        mortal = survivor.Another(this.store.Configure);
    }

    public void Dispose()
    {
        mortal.Dispose();
        survivor.Dispose();
    }

    [Test]
    public async Task Takes_effect_once_when_the_instance_ends([ValueSource(nameof(Operations))] string operation, [Values] CrashPoint at)
    {
        var request = await Request.OfAsync(survivor.Api, operation);
        await EndAsync(request, at);

        await RetryAsync(request, isAnswered: at == CrashPoint.AfterCompletion);
    }

    [Test]
    public async Task Takes_effect_once_when_the_instance_of_the_retry_ends_too(
        [ValueSource(nameof(Operations))] string operation,
        [Values(CrashPoint.AfterRecord, CrashPoint.AfterWrite)] CrashPoint first,
        [Values] CrashPoint then)
    {
        var request = await Request.OfAsync(survivor.Api, operation);
        await EndAsync(request, first);
        time.Advance(Lease);

        // What is there already isn't written again.
        var isMet = first != CrashPoint.AfterWrite || then is not (CrashPoint.BeforeWrite or CrashPoint.AfterWrite);
        await EndAsync(request, then, isMet);

        await RetryAsync(request, isAnswered: !isMet || then == CrashPoint.AfterCompletion);
    }

    [Test]
    public async Task Finds_the_change_also_in_an_issue_that_is_the_newest_no_more([Values("discussion", "update")] string operation)
    {
        var request = await Request.OfAsync(survivor.Api, operation);
        await EndAsync(request, CrashPoint.AfterWrite);
        time.Advance(Lease);
        var newer = await survivor.Api.CreateAsync(Api.Minimal(request.OrderId));

        var answer = (await request.SendAsync(survivor.Api)).Succeeded();

        Assert.That(answer.IssueId, Is.Not.EqualTo(newer.IssueId));
        Assert.That(await request.CountAsync(survivor.Api), Is.EqualTo(1));
    }

    [Test]
    public async Task Takes_effect_once_when_the_first_request_stalls_longer_than_its_lease([ValueSource(nameof(Operations))] string operation)
    {
        var request = await Request.OfAsync(survivor.Api, operation);
        var (stalls, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        store.Write = async write =>
        {
            stalls.SetResult();
            await goesOn.Task;
            await write();
        };
        var stalled = request.SendAsync(mortal.Api);
        await stalls.Task;

        time.Advance(Lease);
        var retry = (await request.SendAsync(survivor.Api)).Succeeded(request.Status);
        goesOn.SetResult();

        // It doesn't know what the retry was answered with.
        (await stalled).Failed(HttpStatusCode.Conflict, "conflict");
        Assert.That((await request.SendAsync(mortal.Api)).Text, Is.EqualTo(retry.Text));
        Assert.That(await request.CountAsync(survivor.Api), Is.EqualTo(1));
    }

    [Test]
    public async Task May_be_sent_again_at_once_when_nobody_knows_whether_it_took_effect(
        [ValueSource(nameof(Operations))] string operation, [Values] bool tookEffect, [Values] bool isKnown)
    {
        var request = await Request.OfAsync(survivor.Api, operation);
        store.Write = async write =>
        {
            await (tookEffect ? write() : Task.CompletedTask);
            throw isKnown ? new FailureException(FailureCode.StoreUnavailable, "The connection broke.") : new InvalidOperationException("A bug.");
        };
        var failed = await request.SendAsync(mortal.Api);
        Assert.That((int)failed.Status, Is.EqualTo(isKnown ? 503 : 500), failed.Text);
        Assert.That(await request.CountAsync(survivor.Api), Is.EqualTo(tookEffect ? 1 : 0));

        store.Write = write => write();
        var first = (await request.SendAsync(mortal.Api)).Succeeded(request.Status);

        Assert.That((await request.SendAsync(survivor.Api)).Text, Is.EqualTo(first.Text));
        Assert.That(await request.CountAsync(survivor.Api), Is.EqualTo(1));
    }

    [Test]
    public async Task Takes_effect_when_a_retry_sees_that_the_first_request_was_refused()
    {
        var request = new Request(HttpMethod.Put, $"/api/order-issue/discussion/{Api.NewOrder()}", """{"username":"Ann","message":"hello"}""");
        (await request.SendAsync(mortal.Api)).Failed(HttpStatusCode.NotFound, "issue_not_found");
        await survivor.Api.CreateAsync(Api.Minimal(request.OrderId));

        (await request.SendAsync(survivor.Api)).Succeeded();

        Assert.That(await request.CountAsync(survivor.Api), Is.EqualTo(1));
    }

    private async Task EndAsync(Request request, CrashPoint at, bool isMet = true)
    {
        store.Restart(at);
        var lost = await request.SendAsync(mortal.Api);
        Assert.That((int)lost.Status, isMet ? Is.EqualTo(500) : Is.EqualTo((int)request.Status), "Nobody gets the answer of a process that has ended");
    }

    /// <summary>On another instance: not while the lease lasts, unless there is an answer; from then on, and once.</summary>
    private async Task RetryAsync(Request request, bool isAnswered)
    {
        if (!isAnswered)
        {
            time.Advance(Lease - Moment);
            (await request.SendAsync(survivor.Api)).Failed(HttpStatusCode.Conflict, "conflict");
            time.Advance(Moment);
        }

        var answer = (await request.SendAsync(survivor.Api)).Succeeded(request.Status);
        Assert.That(answer.Headers.Contains("Idempotency-Replayed"), Is.EqualTo(isAnswered));
        Assert.That((await request.SendAsync(survivor.Api)).Text, Is.EqualTo(answer.Text));
        Assert.That(await request.CountAsync(survivor.Api), Is.EqualTo(1));
        Assert.That((await survivor.Api.GetAsync($"/api/order-issue/{answer.IssueId}")).Text, Is.EqualTo(answer.Text));
    }
}
