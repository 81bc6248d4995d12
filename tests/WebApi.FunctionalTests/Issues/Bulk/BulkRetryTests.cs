using System.Net;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Application.Common.Records;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Durability;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using static OrderIssues.WebApi.FunctionalTests.Issues.Bulk.BulkRequest;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Bulk;

/// <summary>A change of many issues with a key goes on where it ended, and does nothing twice.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class BulkRetryTests : IDisposable
{
    private const int Issues = 40;
    private const int MaxChangesAtOnce = 8;
    private const string Change = """{ "status": "done", "addTags": ["recall"], "message": "Solved.", "by": "Ann" }""";

    private readonly string order = Api.NewOrder();
    private readonly string key = Guid.NewGuid().ToString();
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private readonly MortalStore store = new();
    private readonly Service survivor;
    private readonly Service mortal;
    private int writes;

    public BulkRetryTests(StoreKind store)
    {
        survivor = Service.On(store, time);
        mortal = survivor.Another(this.store.Configure);
    }

    /// <summary>A filter that what was changed doesn't meet any more.</summary>
    private string Body => $$"""{ "filter": { "OrderId": "{{order}}", "resolved": "false" }, "expect": {{Issues}}, "change": {{Change}} }""";

    public void Dispose()
    {
        mortal.Dispose();
        survivor.Dispose();
    }

    [Test]
    public async Task Is_answered_again_in_full_whatever_became_of_the_issues()
    {
        // The stand-in for MongoDB takes one command at a time.
        var count = survivor.MongoDb is null ? 1_000 : 50;
        var issues = await CreateAsync(survivor.Api, order, count);
        var first = await ChangeAsync(survivor.Api, issues, Change, key);
        await ChangeAsync(survivor.Api, issues.Take(3), """{ "status": "open" }""");
        var replay = await ChangeAsync(mortal.Api, issues, Change, key);

        Assert.That((replay.Text, replay.Headers.Contains("Idempotency-Replayed")), Is.EqualTo((first.Text, true)));
        Assert.That(first.Outcomes().Count(), Is.EqualTo(count));
        (await ChangeAsync(survivor.Api, issues, """{ "status": "pending" }""", key)).Failed(HttpStatusCode.UnprocessableEntity, "idempotency_mismatch");
    }

    [Test]
    public async Task Goes_on_with_the_issues_that_the_filter_found_at_first_when_the_store_comes_back([Values(0, 1, 17, 39)] int done)
    {
        var issues = await CreateAsync(survivor.Api, order, Issues);
        FailAfter(done);
        (await SendAsync(mortal.Api, Body, key)).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        var changed = (int)(await survivor.Api.GetAsync($"/api/order-issue?OrderId={order}&resolved=true&count=true")).Body["page"]!["total"]!;
        Assert.That(changed, Is.InRange(done - MaxChangesAtOnce, done));
        await CreateAsync(survivor.Api, order, 2);

        var answer = await SendAsync(survivor.Api, Body, key);

        Assert.That(answer.Outcomes(), Is.EquivalentTo(issues.Select(issue => (issue, (string?)null))));
        await AreChangedOnceAsync(issues);
        Assert.That((await SendAsync(survivor.Api, Body, key)).Text, Is.EqualTo(answer.Text));
        await AreChangedOnceAsync(issues);
    }

    [Test]
    public async Task Goes_on_when_the_instance_ends([Values] CrashPoint at)
    {
        var issues = await CreateAsync(survivor.Api, order, Issues);
        store.Restart(at);
        Assert.That((int)(await SendAsync(mortal.Api, Body, key)).Status, Is.EqualTo(500));
        if (at != CrashPoint.AfterCompletion)
        {
            (await SendAsync(survivor.Api, Body, key)).Failed(HttpStatusCode.Conflict, "conflict");
            time.Advance(IdempotentRunner.Lease);
        }

        var answer = await SendAsync(survivor.Api, Body, key);

        Assert.That(answer.Outcomes(), Is.EquivalentTo(issues.Select(issue => (issue, (string?)null))));
        await AreChangedOnceAsync(issues);
    }

    [Test]
    public async Task Goes_on_when_the_connection_was_cut()
    {
        var issues = await CreateAsync(survivor.Api, order, Issues);
        using var cut = new CancellationTokenSource();
        store.Write = async write =>
        {
            if (Interlocked.Increment(ref writes) == 10)
            {
                await cut.CancelAsync();
            }

            await write();
        };
        using var client = new HttpClient { BaseAddress = mortal.Api.Address };
        Assert.That(() => client.SendAsync(Message(Body, key), cut.Token), Throws.InstanceOf<OperationCanceledException>());

        var answer = await SendAsync(survivor.Api, Body, key);
        for (var tries = 0; answer.Status == HttpStatusCode.Conflict && tries < 500; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            answer = await SendAsync(survivor.Api, Body, key);
        }

        Assert.That(answer.Outcomes(), Is.EquivalentTo(issues.Select(issue => (issue, (string?)null))));
        await AreChangedOnceAsync(issues);
    }

    [Test]
    public async Task Goes_on_when_the_request_took_too_long()
    {
        var issues = await CreateAsync(survivor.Api, order, Issues);
        store.Write = async write =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Interlocked.Increment(ref writes) > 10 ? 1_000 : 0), TimeProvider.System);
            await write();
        };
        using var hasty = survivor.Another(services =>
        {
            store.Configure(services);
            services.PostConfigure<RequestTimeoutOptions>(options => options.DefaultPolicy = new()
            {
                Timeout = TimeSpan.FromMilliseconds(500),
                WriteTimeoutResponse = options.DefaultPolicy!.WriteTimeoutResponse,
            });
        });
        (await SendAsync(hasty.Api, Body, key)).Failed(HttpStatusCode.ServiceUnavailable, "request_timeout");

        Assert.That((await SendAsync(survivor.Api, Body, key)).Outcomes(), Is.EquivalentTo(issues.Select(issue => (issue, (string?)null))));
        await AreChangedOnceAsync(issues);
    }

    [Test]
    public async Task Changes_nothing_twice_when_the_first_request_stalls_longer_than_its_lease()
    {
        var issues = await CreateAsync(survivor.Api, order, Issues);
        var (stalls, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        store.Write = async write =>
        {
            if (Interlocked.Increment(ref writes) > 5)
            {
                stalls.TrySetResult();
                await goesOn.Task;
            }

            await write();
        };
        var stalled = SendAsync(mortal.Api, Body, key);
        await stalls.Task;

        time.Advance(IdempotentRunner.Lease);
        var retry = await SendAsync(survivor.Api, Body, key);
        goesOn.SetResult();

        (await stalled).Failed(HttpStatusCode.Conflict, "conflict");
        Assert.That(retry.Outcomes(), Is.EquivalentTo(issues.Select(issue => (issue, (string?)null))));
        await AreChangedOnceAsync(issues);
    }

    [Test]
    public async Task A_refused_request_leaves_its_key_free_and_keeps_nothing()
    {
        await CreateAsync(survivor.Api, order, Issues - 1);
        (await SendAsync(survivor.Api, Body, key)).Failed(HttpStatusCode.Conflict, "count_differs");

        Assert.That(await survivor.Services.GetRequiredService<IRecordStore>().ListAsync(RecordKinds.FilteredIssues, null, 1), Is.Empty);
        await CreateAsync(survivor.Api, order, 1);
        Assert.That((await SendAsync(survivor.Api, Body, key)).Outcomes().Count(), Is.EqualTo(Issues));
    }

    private void FailAfter(int done) => store.Write = write => Interlocked.Increment(ref writes) <= done
        ? write()
        : throw new FailureException(FailureCode.StoreUnavailable, "The connection broke.");

    private async Task AreChangedOnceAsync(IReadOnlyList<string> issues)
    {
        foreach (var number in issues)
        {
            var (issue, entry) = await ReadAsync(survivor.Api, number);
            Assert.That((issue["discussion"]!.AsArray().Count, (int)issue["__v"]!, (string?)entry["action"]), Is.EqualTo((1, 1, "statusChanged")), number);
        }
    }
}
