using System.Collections.Concurrent;
using System.Net;
using MongoDB.Driver;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Errors;

/// <summary>The connection to MongoDB breaks, hangs and comes back while requests come in.</summary>
public sealed class BrokenConnectionTests
{
    private const string Secret = "pass-phrase";
    private TcpProxy? proxy;
    private Service? service;
    private string database = "";

    private Api Api => service!.Api;

    [SetUp]
    public async Task Start()
    {
        if (await MongoServer.NewDatabaseAsync() is not { } uri)
        {
            Assert.Ignore(MongoServer.HowTo);
            return;
        }

        database = uri;
        proxy = new TcpProxy(uri);
        service = Service.Start(("ConnectionStrings:MongoDb", $"{proxy.Uri}&serverSelectionTimeoutMS=300"));
    }

    [TearDown]
    public void Stop()
    {
        service?.Dispose();
        proxy?.Dispose();
        if (database.Length > 0)
        {
            new MongoClient(database).DropDatabase(new MongoUrl(database).DatabaseName);
        }
    }

    [Test]
    public async Task Nothing_acknowledged_is_lost_and_nothing_is_written_twice()
    {
        var issueId = (await Api.CreateAsync(Api.Minimal("A-1"))).Succeeded(HttpStatusCode.Created).IssueId;
        var acknowledged = new ConcurrentBag<string>();
        var created = new ConcurrentBag<string>();
        var refused = 0;
        var isOver = false;
        var load = Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; !isOver; i++)
            {
                var message = $"{worker}-{i}";
                var said = await Api.PutAsync("/api/order-issue/discussion/A-1", $$"""{ "username": "John", "message": "{{message}}" }""");
                if (IsDone(said))
                {
                    acknowledged.Add(message);
                }

                var issue = await Api.CreateAsync(Api.Minimal());
                if (IsDone(issue))
                {
                    created.Add(issue.IssueId);
                }
            }
        })).ToList();

        foreach (var (fault, milliseconds) in new (Action, int)[] { (proxy!.Cut, 400), (proxy.Stall, 700), (proxy.Cut, 100), (proxy.Stall, 6_000) })
        {
            await WaitAsync(300);
            fault();
            await WaitAsync(milliseconds);
            proxy.Restore();
        }

        var before = created.Count;
        for (var tries = 0; created.Count == before && tries < 500; tries++)
        {
            await WaitAsync(20);
        }

        isOver = true;
        await Task.WhenAll(load);
        Assert.That(created, Has.Count.GreaterThan(before), "it recovers by itself");
        Assert.That(refused, Is.Positive, "the faults were felt");
        var messages = (await Api.GetAsync($"/api/order-issue/{issueId}")).Data["discussion"]!.AsArray().Select(message => (string)message!["message"]!).ToList();
        Assert.That(messages, Is.Unique.And.SupersetOf(acknowledged));
        Assert.That(created, Is.Unique);
        foreach (var id in created)
        {
            (await Api.GetAsync($"/api/order-issue/{id}")).Succeeded();
        }

        bool IsDone(Answer answer)
        {
            if ((int)answer.Status < 300)
            {
                return true;
            }

            answer.Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
            Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
            Interlocked.Increment(ref refused);
            return false;
        }
    }

    [Test]
    public async Task The_service_starts_while_the_server_is_down_says_so_and_keeps_the_password_to_itself()
    {
        proxy!.Cut();
        using var early = Service.Start(("ConnectionStrings:MongoDb", $"mongodb://john:{Secret}@127.0.0.1:{proxy.Port}/x?authMechanism=PLAIN&authSource=$external&serverSelectionTimeoutMS=300"));

        Assert.That((await early.Api.GetAsync("/health/live")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await early.Api.GetAsync("/health/ready")).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        var answer = (await early.Api.CreateAsync(Api.Minimal())).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(early.Log.Lines, Has.Some.Contains("MongoDB can't be reached").And.None.Contains(Secret));
        Assert.That(answer.Text, Does.Not.Contain(Secret));
    }

    [Test]
    public async Task Ready_says_whether_the_server_answers()
    {
        Assert.That((await Api.GetAsync("/health/ready")).Status, Is.EqualTo(HttpStatusCode.OK));

        proxy!.Cut();
        Assert.That((await Api.GetAsync("/health/ready")).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));

        proxy.Restore();
        for (var tries = 0; (await Api.GetAsync("/health/ready")).Status != HttpStatusCode.OK && tries < 100; tries++)
        {
            await WaitAsync(20);
        }

        Assert.That((await Api.GetAsync("/health/ready")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    /// <summary>A set has no primary for some seconds after one is lost.</summary>
    [Test]
    public async Task A_read_waits_as_long_as_an_election_takes_and_ready_does_not()
    {
        using var patient = Service.Start(("ConnectionStrings:MongoDb", proxy!.Uri));
        var created = (await patient.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);

        proxy.Cut();
        var read = patient.Api.GetAsync($"/api/order-issue/{created.IssueId}");
        var ready = patient.Api.GetAsync("/health/ready");
        var outage = WaitAsync(4_000);
        Assert.That(await Task.WhenAny(read, ready, outage), Is.SameAs(ready));
        (await ready).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        await outage;
        proxy.Restore();

        Assert.That((await read).Text, Is.EqualTo(created.Text));
    }

    private static Task WaitAsync(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);
}
