using System.Net;
using OrderIssues.Client;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Clients;

/// <summary>The way of the client along the service's own log.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class FollowServiceTests(StoreKind store)
{
    private const int Count = 200;
    private static readonly CreateIssueRequest Issue = new() { OrderId = "A", Source = "email", IssueType = "damaged" };
    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task Tells_what_happens_to_an_issue_as_it_happens()
    {
        using var service = Service.On(store);
        var client = DotnetClient.Of(service.Api);
        var epoch = (await client.ListEventsAsync()).Page.Epoch;
        await using var events = client.EventsAsync(new() { After = 0, Epoch = epoch }).GetAsyncEnumerator();

        var next = events.MoveNextAsync();
        var issueId = (await client.CreateIssueAsync(Issue)).Data.IssueId;
        await next;
        var created = events.Current;
        await client.UpdateStatusAsync("A", new() { Status = "done", By = "Jane" });
        await events.MoveNextAsync();
        var solved = events.Current;

        Assert.That((created.Sequence, created.Type, created.Data.IssueId, created.Data.Version), Is.EqualTo((1L, IssueEventType.Created, issueId, 0)));
        Assert.That(
            (solved.Sequence, solved.Type, solved.Data.Version, solved.Data.Status, solved.Data.Resolved, solved.Data.By),
            Is.EqualTo((2L, IssueEventType.StatusChanged, 1, "done", true, "Jane")));
        var other = await DotnetClient.FailureOf(client.EventsAsync(new() { After = 1, Epoch = "another" }).FirstAsync().AsTask());
        Assert.That((other.Code, other.Status, other.Problem?.Latest, other.Problem?.Epoch), Is.EqualTo((ProblemCode.EventsExpired, HttpStatusCode.Gone, 2L, epoch)));
    }

    [Test]
    public async Task Loses_nothing_and_tells_nothing_twice_while_the_service_is_killed_or_stopped_and_started_again()
    {
        var connection = store == StoreKind.Sqlite
            ? ("ConnectionStrings__Sqlite", $"Data Source={Path.Combine(folder.Path, "issues.db")}")
            : ("ConnectionStrings__MongoDb", await MongoServer.NewDatabaseAsync() ?? throw new IgnoreException(MongoServer.HowTo));
        var service = await StartAsync(new("http://127.0.0.1:0"));
        try
        {
            var address = service.Api.Address;
            var client = DotnetClient.Of(options => options.BaseUrl = address);
            var (events, reached) = (new List<IssueEvent>(), 0L);
            using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
            var walk = WalkAsync();
            var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => WriteAsync(address)));
            await UntilAsync(Count / 3);
            service.Kill();
            service.Dispose();
            service = await StartAsync(address);
            await UntilAsync(Count * 2 / 3);
            await service.StopAsync();
            service.Dispose();
            service = await StartAsync(address);
            await writing;
            await UntilAsync((await client.ListEventsAsync()).Page.Latest);
            await stop.CancelAsync();

            Assert.That(async () => await walk, Throws.InstanceOf<OperationCanceledException>());
            Assert.That(events.Select(item => item.Sequence), Is.EqualTo(Enumerable.Range(1, events.Count).Select(sequence => (long)sequence)));
            Assert.That(events.Select(item => item.Data.IssueId), Is.EquivalentTo(await client.AllIssuesAsync().Select(issue => issue.IssueId).ToListAsync()));
            Assert.That(events, Has.Count.AtLeast(Count));

            async Task WalkAsync()
            {
                await foreach (var item in client.EventsAsync(null, stop.Token))
                {
                    events.Add(item);
                    Volatile.Write(ref reached, item.Sequence);
                }
            }

            async Task UntilAsync(long sequence)
            {
                while (Volatile.Read(ref reached) < sequence && !walk.IsCompleted)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
                }
            }
        }
        finally
        {
            service.Dispose();
        }

        Task<ServiceProcess> StartAsync(Uri address) =>
            ServiceProcess.StartAsync(folder.Path, ("ASPNETCORE_ENVIRONMENT", "Development"), ("ASPNETCORE_URLS", $"{address}"), connection);
    }

    /// <summary>Creates issues without a key: what was under way when the service ended is simply another one, if it was done.</summary>
    private static async Task WriteAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        for (var created = 0; created < Count / 4;)
        {
            try
            {
                using var answer = await http.PostAsync("/api/order-issue/create", new StringContent("""{ "OrderId": "A", "source": "email", "issueType": "damaged" }""", System.Text.Encoding.UTF8, "application/json"));
                created += answer.IsSuccessStatusCode ? 1 : 0;
            }
            catch (HttpRequestException failure) when (failure.StatusCode is null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }
}
