using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Application.Events;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using OrderIssues.WebApi.FunctionalTests.Issues;
using OrderIssues.WebApi.FunctionalTests.Issues.Merging;

namespace OrderIssues.WebApi.FunctionalTests.Durability;

/// <summary>A merge is finished wherever its instance ends, and whatever others do at the same time: nothing is lost, and nothing is there twice.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class MergeCrashTests : IDisposable
{
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private readonly MortalStore store = new();
    private readonly Service survivor;
    private readonly Service mortal;

    public MergeCrashTests(StoreKind store)
    {
        survivor = Service.On(store, time);

        // The other one follows the log.
        mortal = survivor.Another(services =>
        {
            this.store.Configure(services);
            services.RemoveAll<IFollower>();
        });
    }

    public void Dispose()
    {
        mortal.Dispose();
        survivor.Dispose();
    }

    [TestCase(CrashPoint.AfterRecord)]
    [TestCase(CrashPoint.BeforeWrite)]
    [TestCase(CrashPoint.AfterWrite)]
    public async Task Is_finished_by_another_instance(CrashPoint at)
    {
        var order = new MergedOrder(survivor.Api);
        var (source, into) = (await order.ReportAsync("one", "two"), await order.ReportAsync("three"));
        store.Restart(at);

        Assert.That((await order.MergeAsync(source, into, mortal.Api)).Status, Is.EqualTo(HttpStatusCode.InternalServerError));

        for (var i = 0; i < 300 && (await order.TextsAsync(into)).Length < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        Assert.That(await order.TextsAsync(into), Is.EquivalentTo(new[] { $"{source}: one", $"{source}: two", "three" }));
        Assert.That((string?)(await order.ReadAsync(source))["mergedInto"], Is.EqualTo(into));
        Assert.That((await order.HistoryAsync(into)).Count(entry => (string?)entry!["action"] == "merged"), Is.EqualTo(1));
        var third = await order.ReportAsync("four");
        Assert.That(MergedOrder.TextsOf((await order.MergeAsync(into, third)).Succeeded().Data), Has.Length.EqualTo(4), "The order takes other merges");
    }

    [TestCase(CrashPoint.AfterRecord)]
    [TestCase(CrashPoint.AfterWrite)]
    public async Task Is_made_once_for_a_request_that_is_sent_again(CrashPoint at)
    {
        var order = new MergedOrder(survivor.Api);
        var (source, into) = (await order.ReportAsync("one"), await order.ReportAsync());
        var request = new Request(HttpMethod.Post, $"/api/order-issue/{source}/merge", $$"""{"into":"{{into}}"}""");
        store.Restart(at);
        await request.SendAsync(mortal.Api);
        time.Advance(TimeSpan.FromSeconds(60));

        var answer = (await request.SendAsync(survivor.Api)).Succeeded();

        Assert.That((answer.IssueId, MergedOrder.TextsOf(answer.Data)), Is.EqualTo((into, new[] { $"{source}: one" })));
        Assert.That((await order.HistoryAsync(source)).Count(entry => (string?)entry!["action"] == "merged"), Is.EqualTo(1));
        Assert.That((await order.HistoryAsync(into)).Count(entry => (string?)entry!["action"] == "merged"), Is.EqualTo(1));
    }

    [Test]
    public async Task Makes_no_circle_of_merges_at_once()
    {
        store.Restart(null);
        for (var round = 0; round < 10; round++)
        {
            var order = new MergedOrder(survivor.Api);
            var issues = new[] { await order.ReportAsync("0"), await order.ReportAsync("1"), await order.ReportAsync("2") };

            var answers = await WhileTimePassesAsync(Task.WhenAll(issues.Select((issue, i) =>
                order.MergeAsync(issue, issues[(i + 1) % 3], i % 2 == 0 ? mortal.Api : survivor.Api))));

            Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.BadRequest));
            var left = new List<string>();
            foreach (var issue in issues)
            {
                if ((await order.ReadAsync(issue))["mergedInto"] is null)
                {
                    left.Add(issue);
                }
            }

            Assert.That(left, Has.Count.EqualTo(3 - answers.Count(answer => answer.Status == HttpStatusCode.OK)).And.Not.Empty);
            var texts = await Task.WhenAll(left.Select(order.TextsAsync));
            Assert.That(texts.SelectMany(text => text).Select(text => text[^1]), Is.EquivalentTo("012"), "Each message is once in what is left");
        }
    }

    [Test]
    public async Task Messages_at_the_same_time_are_there_once()
    {
        store.Restart(null);
        var order = new MergedOrder(survivor.Api);
        var (source, into) = (await order.ReportAsync(), await order.ReportAsync());

        var said = Enumerable.Range(0, 30).Select(async i =>
        {
            var other = new MergedOrder(i % 2 == 0 ? mortal.Api : survivor.Api) { OrderId = order.OrderId };
            return (await other.SayAsync(source, $"{i}")).Succeeded();
        }).ToList();
        (await WhileTimePassesAsync(order.MergeAsync(source, into, mortal.Api))).Succeeded();
        await WhileTimePassesAsync(Task.WhenAll(said));

        Assert.That((await order.TextsAsync(into)).Select(text => text.Split(' ')[^1]), Is.EquivalentTo(Enumerable.Range(0, 30).Select(i => $"{i}")));
    }

    /// <summary>What has to give way to others tries again after a moment.</summary>
    private async Task<T> WhileTimePassesAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System));
        }

        return await work;
    }
}
